import Link from "next/link";
import type { ReactNode } from "react";

import { useMay, useSession, type Role } from "@/api/session";
import { usePath } from "@/ui/address";
import { classes } from "@/ui/classes";
import { Page } from "@/ui/page";
import { EmptyState, SkeletonRows } from "@/ui/states";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

const SECTIONS = [
  { href: "/settings/", name: "settings.running", needs: "administrator" },
  { href: "/settings/switches/", name: "switches.title", needs: "administrator" },
  { href: "/settings/users/", name: "users.title", needs: "administrator" },
  { href: "/settings/tokens/", name: "tokens.title", needs: "viewer" },
  { href: "/settings/sessions/", name: "sessions.title", needs: "viewer" },
  { href: "/settings/audit/", name: "audit.title", needs: "administrator" },
  { href: "/settings/about/", name: "about.title", needs: "viewer" },
] as const;

interface Props {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  /** Who may see this section; others are told. */
  needs?: Role;
  children: ReactNode;
}

/** A section of the settings, beside the list of all that whoever is here may see. */
export function SettingsFrame({ title, about, actions, needs = "viewer", children }: Props) {
  const t = useT(settings);
  const session = useSession();
  const mayAll = useMay("administrator");
  const may = useMay(needs);
  const path = usePath();
  return (
    <Page title={title} about={about} actions={may && actions}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <nav aria-label={t("nav.settings")} className="border-line border-b lg:sticky lg:top-18 lg:border-0">
          <ul className="flex flex-wrap gap-x-1 lg:grid lg:gap-0.5">
            {SECTIONS.filter((section) => !session || mayAll || section.needs === "viewer").map((section) => (
              // Until one knows who is here, places are kept.
              <li key={section.href} className={session || section.needs === "viewer" ? undefined : "invisible"}>
                <Link
                  href={section.href}
                  prefetch={false}
                  aria-current={path === section.href ? "page" : undefined}
                  className={classes(
                    "block rounded-md px-2.5 py-1.5 text-sm font-medium whitespace-nowrap",
                    path === section.href
                      ? "text-accent bg-accent-soft"
                      : "text-muted hover:text-ink hover:bg-hover",
                  )}
                >
                  {t(section.name)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          {!session || session.actor === "anonymous" ? (
            <SkeletonRows count={6} />
          ) : may ? (
            children
          ) : (
            <EmptyState title={t("settings.not_yours")}>{t("settings.not_yours_what")}</EmptyState>
          )}
        </div>
      </div>
    </Page>
  );
}
