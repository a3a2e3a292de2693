import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { Button, ButtonLink } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { SkeletonRows } from "@/ui/states";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { BarePage } from "./bare-page";
import { useLinkToken } from "./link-token";
import { NewPasswordInput } from "./person-fields";

/** Where the link to a new password leads. */
export function NewPasswordPage() {
  const t = useT(accounts);
  const token = useLinkToken();
  const [password, setPassword] = useState("");
  const change = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/password-resets/accept", { body: { token: token ?? "", password } })),
  });
  if (change.isSuccess || token === "") {
    return (
      <BarePage
        title={t("new_password.title")}
        about={t(change.isSuccess ? "new_password.done" : "link.incomplete")}
      >
        <ButtonLink look="primary" href="/sign-in/">
          {t("sign_in.title")}
        </ButtonLink>
      </BarePage>
    );
  }
  if (token === null) {
    return (
      <BarePage title={t("new_password.title")}>
        <SkeletonRows count={2} />
      </BarePage>
    );
  }
  return (
    <BarePage title={t("new_password.title")} about={t("new_password.what")}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <NewPasswordInput
          label={t("profile.password_new")}
          value={password}
          onChange={setPassword}
          error={change.error}
        />
        <Failure error={change.error} />
        <Button type="submit" look="primary" isBusy={change.isPending}>
          {t("profile.password_change")}
        </Button>
      </form>
    </BarePage>
  );
}
