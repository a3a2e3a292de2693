import { Page } from "@/ui/page";
import { ErrorState } from "@/ui/states";
import { useT } from "@/words/provider";

/** A mistake of ours on one page. */
export function PageError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useT();
  return (
    <Page title={t("error.title")}>
      <ErrorState error={error} onRetry={onRetry} />
    </Page>
  );
}
