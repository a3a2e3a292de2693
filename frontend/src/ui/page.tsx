import Head from "next/head";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** One sentence below it. */
  about?: ReactNode;
  actions?: ReactNode;
  isTitleHidden?: boolean;
  children: ReactNode;
}

/** What every page is in: its title, which is the window's, too, and what can be done on it. */
export function Page({ title, about, actions, isTitleHidden = false, children }: Props) {
  return (
    <div className="grid w-full max-w-[112rem] gap-4 px-4 py-4 md:px-6 md:py-5">
      <Head>
        <title>{`${title} · HoistScraper`}</title>
      </Head>
      <div className={isTitleHidden ? "sr-only" : "flex flex-wrap items-start gap-3"}>
        <div className="min-w-[min(100%,18rem)] flex-1">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {about && <div className="text-muted text-sm">{about}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
