import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { answer, api } from "@/api/client";
import { followJob } from "@/jobs/follow";
import { Button } from "@/ui/button";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import type { Whole } from "../queries";

/** Has the websites that tell of a call visited now, and shows what came of it when they were. */
export function CheckNow({ call }: { call: Whole }) {
  const t = useT(opportunity);
  const queries = useQueryClient();
  const [running, setRunning] = useState<readonly string[]>([]);
  const stops = useRef<(() => void)[]>([]);
  useEffect(() => () => stops.current.forEach((stop) => stop()), []);

  const websites = [...new Set(call.sources.flatMap((source) => source.website_id ?? []))];
  const check = useMutation({
    mutationFn: () => answer(api.POST("/api/scrape-jobs", { body: { website_ids: websites } })),
    onError: (error) => tell(sentenceOf(error, t), "failed"),
    onSuccess: ({ jobs }) => {
      const ids = jobs.map((job) => job.job_id);
      setRunning(ids);
      stops.current = ids.map((id) =>
        followJob(id, (job, hasEnded) => {
          if (!hasEnded) return;
          setRunning((before) => before.filter((each) => each !== id));
          if (job.status === "completed") tell(t("check.done"));
          else tell(job.error_message ?? t("check.failed"), "failed");
          void queries.invalidateQueries({ queryKey: ["opportunities"] });
        }),
      );
    },
  });
  if (websites.length === 0) return null;
  const isBusy = check.isPending || running.length > 0;
  return (
    <Button onClick={() => check.mutate()} isBusy={isBusy}>
      <RefreshCw aria-hidden className={isBusy ? "size-4 animate-spin" : "size-4"} />
      {isBusy ? t("check.running") : t("check.now")}
    </Button>
  );
}
