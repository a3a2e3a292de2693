import { ButtonLink } from "@/ui/button";
import { EmptyState } from "@/ui/states";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

/** In place of what belongs to a user, while nobody needs to sign in. */
export function NeedsUser({ what }: { what: string }) {
  const t = useT(accounts);
  return (
    <EmptyState
      title={t("needs_user.title")}
      actions={
        <ButtonLink look="primary" href="/set-up/">
          {t("local.set_up")}
        </ButtonLink>
      }
    >
      {what}
    </EmptyState>
  );
}
