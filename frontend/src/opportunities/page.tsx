"use client";

import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { useT } from "@/words/provider";

export function OpportunitiesPage() {
  const t = useT();
  return (
    <Page title={t("nav.opportunities")}>
      <EmptyState title={t("unbuilt.title")}>{t("unbuilt.what")}</EmptyState>
    </Page>
  );
}
