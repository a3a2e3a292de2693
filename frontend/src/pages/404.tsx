import { ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { useT } from "@/words/provider";

export default function NotFound() {
  const t = useT();
  return (
    <Page title={t("not_found.title")} isTitleHidden>
      <EmptyState title={t("not_found.title")} actions={<ButtonLink href="/">{t("not_found.lead")}</ButtonLink>}>
        {t("not_found.what")}
      </EmptyState>
    </Page>
  );
}
