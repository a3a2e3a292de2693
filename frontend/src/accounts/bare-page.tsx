import Head from "next/head";
import type { ReactNode } from "react";

import { Mark } from "@/ui/shell/navigation";

/** A page for those who have not signed in: one card. */
export function BarePage({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid w-full max-w-sm gap-4">
      <Head>
        <title>{`${title} · HoistScraper`}</title>
      </Head>
      <p className="flex items-center justify-center gap-2 font-semibold tracking-tight">
        <Mark />
        HoistScraper
      </p>
      <div className="card grid gap-4 p-5">
        <div className="grid gap-1">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {about && <div className="text-muted text-sm">{about}</div>}
        </div>
        {children}
      </div>
    </div>
  );
}
