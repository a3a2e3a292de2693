import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Checkbox } from "@/ui/field";
import { ErrorState, sentenceOf, Skeleton } from "@/ui/states";
import { tell } from "@/ui/toast";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import type { Website } from "../asked";

/** Asks before a website is removed, and says first what goes along and what stays. */
export default function RemoveDialog({ website, onClose }: { website: Website; onClose: () => void }) {
  const t = useT(websites);
  const router = useRouter();
  const queries = useQueryClient();
  const [isWithCalls, setWithCalls] = useState(false);

  function remove(dryRun: boolean, signal?: AbortSignal) {
    return answer(
      api.DELETE("/api/websites/{website_id}", {
        params: {
          path: { website_id: website.id },
          query: { dry_run: dryRun, opportunities: isWithCalls ? "remove" : "keep" },
        },
        ...(signal ? { signal } : {}),
      }),
    );
  }
  const trial = useQuery({
    queryKey: ["websites", "removal", website.id, isWithCalls],
    queryFn: ({ signal }) => remove(true, signal),
    staleTime: 0,
    placeholderData: (before) => before,
  });
  const act = useMutation({
    mutationFn: () => remove(false),
    onSuccess: async () => {
      tell(t("removal.done", { name: website.name }));
      void router.push("/websites/");
      queries.removeQueries({ queryKey: ["websites", "one", website.id] });
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "removal" });
    },
  });
  const along = trial.data;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("removal.title", { name: website.name })}
      actions={
        <>
          <Button onClick={onClose}>{t("removal.not")}</Button>
          <Button look="danger" disabled={!along || trial.isPlaceholderData} isBusy={act.isPending} onClick={() => act.mutate()}>
            {t("removal.do")}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 text-sm">
        {trial.error && !along && (
          <ErrorState error={trial.error} onRetry={() => void trial.refetch()} isRetrying={trial.isFetching} />
        )}
        {!along && !trial.error && <Skeleton className="h-16" />}
        {along && (
          <div role="status">
            <p className="font-medium">{t("removal.along")}</p>
            <ul className="list-disc pl-5">
              <li>{t("removal.pages", { count: along.pages })}</li>
              <li>{t("removal.jobs", { count: along.scrape_jobs })}</li>
              {along.opportunities_removed > 0 && (
                <li className="text-bad">{t("website.calls", { count: along.opportunities_removed })}</li>
              )}
            </ul>
            <p className="mt-2">{t("removal.kept", { count: along.opportunities_kept })}</p>
          </div>
        )}
        <Checkbox
          label={t("removal.with_calls")}
          checked={isWithCalls}
          onChange={(event) => setWithCalls(event.target.checked)}
        />
        {act.error && (
          <p role="alert" className="text-bad">
            {sentenceOf(act.error, t)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
