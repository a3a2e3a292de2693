"use client";

import { Page } from "@/ui/page";
import { ErrorState } from "@/ui/states";
import { useT } from "@/words/provider";

/** A mistake of ours on one page; what is around it goes on working. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  const t = useT();
  return (
    <Page title={t("error.title")}>
      <ErrorState error={error} onRetry={reset} />
    </Page>
  );
}
