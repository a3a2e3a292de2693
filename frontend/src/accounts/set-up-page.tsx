import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { sessionQuery, takeNote } from "@/api/session";
import { Button, ButtonLink } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { BarePage } from "./bare-page";
import { EmailInput, NameInput, NewPasswordInput } from "./person-fields";

/** Makes the first administrator; from then on everybody signs in. */
export function SetUpPage() {
  const t = useT(accounts);
  const { data: session, error, refetch, isFetching } = useQuery(sessionQuery);
  const [isDone, setIsDone] = useState(false);
  if (isDone) {
    return (
      <BarePage title={t("set_up.done")} about={t("set_up.done_what")}>
        <ButtonLink look="primary" href="/websites/">
          {t("set_up.websites")}
        </ButtonLink>
        <ButtonLink href="/settings/users/">{t("set_up.users")}</ButtonLink>
        <ButtonLink look="quiet" href="/">
          {t("set_up.opportunities")}
        </ButtonLink>
      </BarePage>
    );
  }
  if (session && !session.setup_needed) {
    return (
      <BarePage title={t("set_up.title")} about={t("set_up.there_is_one")}>
        <ButtonLink look="primary" href={session.user ? "/" : "/sign-in/"}>
          {t(session.user ? "set_up.opportunities" : "sign_in.title")}
        </ButtonLink>
      </BarePage>
    );
  }
  return (
    <BarePage title={t("set_up.title")} about={t("set_up.what")}>
      {session ? (
        <FirstAdministrator onDone={() => setIsDone(true)} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      ) : (
        <SkeletonRows count={3} className="h-12" />
      )}
    </BarePage>
  );
}

function FirstAdministrator({ onDone }: { onDone: () => void }) {
  const t = useT(accounts);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const setUp = useMutation({
    mutationFn: () => answer(api.POST("/api/setup", { body: { name, email, password } })),
    onSuccess: (session, _given, _before, { client }) => {
      client.setQueryData(sessionQuery.queryKey, takeNote(session));
      onDone();
    },
  });
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate();
      }}
    >
      <NameInput value={name} onChange={setName} error={setUp.error} />
      <EmailInput value={email} onChange={setEmail} error={setUp.error} />
      <NewPasswordInput value={password} onChange={setPassword} error={setUp.error} />
      <Failure error={setUp.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" isBusy={setUp.isPending}>
          {t("set_up.do")}
        </Button>
        <ButtonLink look="quiet" href="/">
          {t("set_up.later")}
        </ButtonLink>
      </div>
    </form>
  );
}
