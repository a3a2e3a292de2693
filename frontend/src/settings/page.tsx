"use client";

import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { useT } from "@/words/provider";

export function SettingsPage() {
  const t = useT();
  return (
    <Page title={t("nav.settings")}>
      <EmptyState title={t("unbuilt.title")}>{t("unbuilt.what")}</EmptyState>
    </Page>
  );
}
