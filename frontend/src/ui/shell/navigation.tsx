import { Activity, Globe, Inbox, LayoutDashboard, Settings } from "lucide-react";
import Link from "next/link";

import { usePath } from "@/ui/address";
import { classes } from "@/ui/classes";
import { useT } from "@/words/provider";

/** The rooms of the app. `also`: addresses that belong to a room without being its first page. */
const ROOMS = [
  { href: "/", name: "nav.opportunities", icon: Inbox, also: ["/opportunity/", "/marked/"] },
  { href: "/websites/", name: "nav.websites", icon: Globe, also: ["/website/"] },
  { href: "/jobs/", name: "nav.jobs", icon: Activity, also: ["/job/"] },
  { href: "/dashboard/", name: "nav.dashboard", icon: LayoutDashboard, also: [] },
  { href: "/settings/", name: "nav.settings", icon: Settings, also: ["/settings/"] },
] as const;

/** A column at the left; on a phone a bar at the bottom, in reach of a thumb. */
export function Navigation() {
  const t = useT();
  const path = usePath();
  return (
    <nav
      aria-label={t("nav.label")}
      className={classes(
        "border-line bg-surface fixed inset-x-0 bottom-0 z-30 border-t pb-[env(safe-area-inset-bottom)]",
        "md:sticky md:top-0 md:bottom-auto md:h-dvh md:w-28 md:shrink-0 md:overflow-y-auto md:border-t-0 md:border-r xl:w-52",
      )}
    >
      <div className="hidden h-14 items-center justify-center gap-2 px-4 md:flex xl:justify-start">
        <Mark />
        <span className="hidden font-semibold tracking-tight xl:inline">HoistScraper</span>
      </div>
      <ul className="flex md:grid md:gap-0.5 md:px-2 md:py-1">
        {ROOMS.map((room) => {
          const isHere = path === room.href || room.also.some((start) => path.startsWith(start));
          return (
            <li key={room.href} className="min-w-0 flex-auto md:flex-none">
              <Link
                href={room.href}
                prefetch={false}
                aria-current={isHere ? "page" : undefined}
                className={classes(
                  "flex flex-col items-center gap-0.5 px-1 py-2 text-2xs font-medium md:rounded-md xl:flex-row xl:gap-2.5 xl:px-2.5 xl:py-1.5 xl:text-sm",
                  isHere ? "text-accent md:bg-accent-soft" : "text-muted hover:text-ink md:hover:bg-hover",
                )}
              >
                <room.icon aria-hidden className="size-4 shrink-0" />
                <span className="max-w-full truncate md:text-center md:whitespace-normal xl:text-left">{t(room.name)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The sign of HoistScraper. */
export function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className="text-accent size-6 shrink-0" fill="none">
      <rect x="1.5" y="1.5" width="21" height="21" rx="6" fill="currentColor" />
      <path
        d="M8 17V7m8 10V7M8 12h8"
        stroke="var(--on-accent)"
        strokeWidth="2.25"
        strokeLinecap="round"
      />
    </svg>
  );
}
