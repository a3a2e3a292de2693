"use client";

import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { useT } from "@/words/provider";

export function DashboardPage() {
  const t = useT();
  return (
    <Page title={t("nav.dashboard")}>
      <EmptyState title={t("unbuilt.title")}>{t("unbuilt.what")}</EmptyState>
    </Page>
  );
}
