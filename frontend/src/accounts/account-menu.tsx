import { CircleUser } from "lucide-react";
import Link from "next/link";

import { useSession } from "@/api/session";
import { useT } from "@/words/provider";

/** Leads to who is signed in; where nobody needs to, to what this browser is set to. */
export function AccountMenu() {
  const t = useT();
  const session = useSession();
  // Its place is kept, so that what is beside it does not move.
  if (!session) return <span className="size-8 shrink-0" />;
  const label = session.user ? t("account.of", { name: session.user.name }) : t("profile.title");
  return (
    <Link
      href="/profile/"
      prefetch={false}
      title={label}
      aria-label={label}
      className="text-muted hover:bg-hover hover:text-ink inline-flex size-8 shrink-0 items-center justify-center rounded-md"
    >
      <CircleUser aria-hidden className="size-4" />
    </Link>
  );
}
