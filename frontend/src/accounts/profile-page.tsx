import { useMutation } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { forgetSession, useSession, type Session } from "@/api/session";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { BrowserChoices } from "./browser-choices";
import { OwnName } from "./own-name";
import { OwnPassword } from "./own-password";
import { ROLE_NAMES } from "./roles";

/** What is one's own: name, password, and how this browser shows things. */
export function ProfilePage() {
  const t = useT(accounts);
  const session = useSession();
  const user = session?.user;
  return (
    <Page
      title={t("profile.title")}
      about={
        user && (
          <span className="flex flex-wrap items-center gap-2">
            {user.email} <Badge>{t(ROLE_NAMES[user.role])}</Badge>
          </span>
        )
      }
      actions={
        user && (
          <>
            <ButtonLink href="/settings/sessions/">{t("profile.sessions")}</ButtonLink>
            <SignOut />
          </>
        )
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {user && <OwnParts user={user} />}
        <Card title={t("profile.browser")} about={t("profile.browser_what")}>
          <BrowserChoices />
        </Card>
      </div>
    </Page>
  );
}

function OwnParts({ user }: { user: NonNullable<Session["user"]> }) {
  const t = useT(accounts);
  return (
    <div className="grid gap-4">
      <Card title={t("profile.name")}>
        <OwnName key={user.id} name={user.name} />
      </Card>
      <Card title={t("profile.password")} about={t("profile.password_what")}>
        <OwnPassword email={user.email} />
      </Card>
    </div>
  );
}

function SignOut() {
  const t = useT(accounts);
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE("/api/session")),
    onSuccess: () => {
      forgetSession();
      window.location.assign("/sign-in/");
    },
    onError: (error) => tell(sentenceOf(error, t), "failed"),
  });
  return (
    <Button onClick={() => signOut.mutate()} isBusy={signOut.isPending}>
      {t("sign_out")}
    </Button>
  );
}
