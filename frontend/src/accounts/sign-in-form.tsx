import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { takeNote, type Session } from "@/api/session";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { Input } from "@/ui/field";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { PasswordInput } from "./password-input";

interface Props {
  email?: string;
  onSignedIn: (session: Session) => void;
}

export function SignInForm({ email: known = "", onSignedIn }: Props) {
  const t = useT(accounts);
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => answer(api.POST("/api/session", { body: { email, password } })),
    onSuccess: (session) => onSignedIn(takeNote(session)),
  });
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <Input
        label={t("account.email")}
        type="email"
        autoComplete="username"
        required
        // The page is for this; nothing stands before it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={!known}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordInput
        label={t("account.password")}
        autoComplete="current-password"
        required
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={Boolean(known)}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Failure error={signIn.error} />
      <Button type="submit" look="primary" isBusy={signIn.isPending}>
        {t("sign_in.do")}
      </Button>
    </form>
  );
}
