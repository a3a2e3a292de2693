import { LockOpen } from "lucide-react";
import Link from "next/link";

import { useSession } from "@/api/session";
import { usePath } from "@/ui/address";
import { classes } from "@/ui/classes";
import { useT } from "@/words/provider";

/**
 * Before there is an administrator: who can use this, and what to do about it. Its place is kept until one knows
 * whether it is needed, so that nothing below it moves; not where somebody was signed in before.
 */
export function LocalBanner() {
  const t = useT();
  const session = useSession();
  const path = usePath();
  if ((session && session.actor !== "local") || path.startsWith("/set-up")) return null;
  return (
    <aside
      aria-label={t("local.label")}
      className={classes(
        "border-line text-muted flex gap-2 border-b px-4 py-1.5 text-xs md:px-6",
        !session && "invisible in-data-known:hidden",
      )}
    >
      <LockOpen aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <p>
        {t("local.what")}{" "}
        <Link href="/set-up/" prefetch={false} className="text-accent font-medium underline underline-offset-2">
          {t("local.set_up")}
        </Link>
      </p>
    </aside>
  );
}
