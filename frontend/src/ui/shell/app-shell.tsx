import { type ReactNode } from "react";

import { AccountMenu } from "@/accounts/account-menu";
import { LocalBanner } from "@/accounts/local-banner";
import { SessionKeeper } from "@/accounts/session-keeper";
import { isForStrangers } from "@/api/session";
import { SearchBox } from "@/opportunities/search-box";
import { OnceHere, usePath } from "@/ui/address";
import { useT } from "@/words/provider";

import { ConnectionBanner } from "./connection-banner";
import { Navigation } from "./navigation";
import { LanguageSwitch, ThemeSwitch } from "./switches";
import { useAppliedTheme } from "./theme";

/** What is around every page. Who has not signed in sees the page alone. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useT();
  const path = usePath();
  useAppliedTheme();
  if (isForStrangers(path)) {
    return (
      <div className="grid min-h-dvh grid-rows-[auto_1fr_auto]">
        <div>
          <ConnectionBanner />
        </div>
        <main id="content" className="grid place-items-center p-4">
          {children}
        </main>
        <footer className="flex justify-center gap-2 p-4">
          <ThemeSwitch />
          <LanguageSwitch />
        </footer>
      </div>
    );
  }
  return (
    <>
      <a
        href="#content"
        className="bg-raised shadow-raised sr-only z-50 rounded-md px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <div className="md:flex">
        <Navigation />
        <div className="min-w-0 flex-1 pb-16 md:pb-0">
          <header className="border-line bg-surface sticky top-0 z-20 flex h-14 items-center gap-2 border-b px-4 md:px-6">
            <div className="min-w-0 flex-1">
              <div className="max-w-2xl">
                <OnceHere fallback={<div className="field h-8" />}>
                  <SearchBox />
                </OnceHere>
              </div>
            </div>
            <ThemeSwitch />
            <LanguageSwitch />
            <AccountMenu />
          </header>
          <ConnectionBanner />
          <LocalBanner />
          <main id="content" tabIndex={-1} className="outline-none">
            {children}
          </main>
        </div>
      </div>
      <SessionKeeper />
    </>
  );
}
