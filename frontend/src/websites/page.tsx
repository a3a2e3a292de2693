"use client";

import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { useT } from "@/words/provider";

export function WebsitesPage() {
  const t = useT();
  return (
    <Page title={t("nav.websites")}>
      <EmptyState title={t("unbuilt.title")}>{t("unbuilt.what")}</EmptyState>
    </Page>
  );
}
