import { useQueryClient } from "@tanstack/react-query";

import { leaveForSignIn, sessionQuery, type Session } from "@/api/session";
import { Dialog } from "@/ui/dialog";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { SignInForm } from "./sign-in-form";

/** Over a page whose session has ended: after signing in all of it goes on, with what was typed. */
export function SignInAgain({ user }: { user: NonNullable<Session["user"]> }) {
  const t = useT(accounts);
  const queries = useQueryClient();
  return (
    <Dialog isOpen onClose={leaveForSignIn} title={t("sign_in.again")} description={t("sign_in.again_why")}>
      <SignInForm
        email={user.email}
        onSignedIn={(session) => {
          queries.setQueryData(sessionQuery.queryKey, session);
          // Another person must see nothing of what was shown to the one before.
          if (session.user?.id === user.id) void queries.invalidateQueries();
          else window.location.assign("/");
        }}
      />
    </Dialog>
  );
}
