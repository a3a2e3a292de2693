"use client";

import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { useT } from "@/words/provider";

export function JobsPage() {
  const t = useT();
  return (
    <Page title={t("nav.jobs")}>
      <EmptyState title={t("unbuilt.title")}>{t("unbuilt.what")}</EmptyState>
    </Page>
  );
}
