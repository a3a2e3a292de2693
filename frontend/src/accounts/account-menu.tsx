"use client";

import { CircleUser } from "lucide-react";
import Link from "next/link";

import { useSession } from "@/api/session";
import { useT } from "@/words/provider";

/** Who is signed in; nothing where nobody needs to. */
export function AccountMenu() {
  const t = useT();
  const session = useSession();
  if (!session?.user) return null;
  const name = session.user.name || session.user.email;
  return (
    <Link
      href="/profile/"
      prefetch={false}
      title={name}
      aria-label={t("account.of", { name })}
      className="text-muted hover:bg-hover hover:text-ink inline-flex size-8 items-center justify-center rounded-md"
    >
      <CircleUser aria-hidden className="size-4" />
    </Link>
  );
}
