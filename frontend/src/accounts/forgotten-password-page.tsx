import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { Button, ButtonLink } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { BarePage } from "./bare-page";
import { EmailInput } from "./person-fields";

/** Has a link to a new password sent. Whether there is such a user is told to nobody. */
export function ForgottenPasswordPage() {
  const t = useT(accounts);
  const [email, setEmail] = useState("");
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/api/password-resets", { body: { email } })),
  });
  return (
    <BarePage
      title={t("forgotten.title")}
      about={ask.isSuccess ? t("forgotten.sent", { email }) : t("forgotten.what")}
    >
      {!ask.isSuccess && (
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <EmailInput value={email} onChange={setEmail} error={ask.error} />
          <Failure error={ask.error} />
          <Button type="submit" look="primary" isBusy={ask.isPending}>
            {t("forgotten.do")}
          </Button>
        </form>
      )}
      <ButtonLink look="quiet" href="/sign-in/">
        {t("forgotten.back")}
      </ButtonLink>
    </BarePage>
  );
}
