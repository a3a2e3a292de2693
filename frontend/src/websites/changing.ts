import { useMutation, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

/** Put websites into the queue. */
export function useScrape(onDone?: () => void) {
  const t = useT(websites);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      answer(api.POST("/api/scrape-jobs", { body: { website_ids: [...ids], all: false, due: false } })),
    onSuccess: async (asked) => {
      tell(
        asked.new > 0
          ? t("websites.queued", { count: asked.new })
          : t("websites.queued_already", { count: asked.waiting_already }),
      );
      onDone?.();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["jobs"] }),
        queries.invalidateQueries({ queryKey: ["websites", "activity"] }),
      ]);
    },
    onError: (error) => tell(sentenceOf(error, t), "failed"),
  });
}

/** Do the same to many websites. */
export function useBulkChange(onDone?: () => void) {
  const t = useT(websites);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Schemas["BulkChange"]) => answer(api.POST("/api/websites/bulk", { body: change })),
    onSuccess: async ({ changed }) => {
      tell(t("websites.changed", { count: changed }));
      onDone?.();
      await queries.invalidateQueries({ queryKey: ["websites"] });
    },
    onError: (error) => tell(sentenceOf(error, t), "failed"),
  });
}
