import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { takeNote } from "@/api/session";
import { Button, ButtonLink } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { SkeletonRows } from "@/ui/states";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { BarePage } from "./bare-page";
import { useLinkToken } from "./link-token";
import { NameInput, NewPasswordInput } from "./person-fields";

/** Where the link of an invitation leads: whoever follows it becomes a user. */
export function InvitationPage() {
  const t = useT(accounts);
  const token = useLinkToken();
  return (
    <BarePage title={t("invitation.title")} about={token === "" ? t("link.incomplete") : t("invitation.what")}>
      {token ? <Acceptance key={token} token={token} /> : token === null && <SkeletonRows count={2} />}
      {token === "" && <ButtonLink href="/sign-in/">{t("sign_in.title")}</ButtonLink>}
    </BarePage>
  );
}

function Acceptance({ token }: { token: string }) {
  const t = useT(accounts);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const accept = useMutation({
    mutationFn: () => answer(api.POST("/api/invitations/accept", { body: { token, name, password } })),
    onSuccess: (session) => {
      takeNote(session);
      window.location.replace("/");
    },
  });
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <NameInput value={name} onChange={setName} error={accept.error} />
      <NewPasswordInput value={password} onChange={setPassword} error={accept.error} />
      <Failure error={accept.error} />
      <Button type="submit" look="primary" isBusy={accept.isPending || accept.isSuccess}>
        {t("invitation.do")}
      </Button>
    </form>
  );
}
