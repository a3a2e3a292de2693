import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { renewSession, sessionQuery } from "@/api/session";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { tell } from "@/ui/toast";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { PasswordInput } from "./password-input";
import { NewPasswordInput } from "./person-fields";

export function OwnPassword({ email }: { email: string }) {
  const t = useT(accounts);
  const queries = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => answer(api.PATCH("/api/me", { body: { current_password: current, password: next } })),
    onSuccess: async () => {
      tell(t("profile.password_changed"));
      setCurrent("");
      setNext("");
      // The session is another one now.
      renewSession();
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <form
      className="grid gap-3 px-4 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      {/* Tells programs that keep passwords whose this is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        label={t("profile.password_current")}
        autoComplete="current-password"
        required
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <NewPasswordInput label={t("profile.password_new")} value={next} onChange={setNext} error={change.error} />
      <Failure error={change.error} />
      <Button type="submit" className="justify-self-start" isBusy={change.isPending}>
        {t("profile.password_change")}
      </Button>
    </form>
  );
}
