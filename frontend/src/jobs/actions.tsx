import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Square } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { useMay } from "@/api/session";
import { answer, api } from "@/api/client";
import { Button } from "@/ui/button";
import { persistently } from "@/ui/persistently";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import { hasEnded, type Job } from "./asked";

const CancelDialog = dynamic(() => persistently(() => import("./cancel-dialog")), { ssr: false });

/** What can be done with a job: one that goes on is cancelled, one that did not complete is tried again. */
export function JobActions({ job, isSmall = false }: { job: Job; isSmall?: boolean }) {
  const t = useT(jobs);
  const queries = useQueryClient();
  const mayEdit = useMay("editor");
  const [isAsking, setAsking] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const act = useMutation({
    mutationFn: (what: "cancel" | "retry") => {
      const params = { path: { job_id: job.id } };
      return answer(
        what === "cancel"
          ? api.POST("/api/scrape-jobs/{job_id}/cancel", { params })
          : api.POST("/api/scrape-jobs/{job_id}/retry", { params }),
      );
    },
    onSuccess: (after, what) => {
      setAsking(false);
      // A worker that is asked to stop does so after the pages that are under way.
      setStopping(what === "cancel" && after.status === "running");
      tell(t(what === "retry" ? "job.retried" : after.status === "running" ? "job.stopping" : "job.cancelled_done"));
      queries.setQueryData(["jobs", "one", job.id], after);
      void queries.invalidateQueries({ queryKey: ["jobs", "list"] });
    },
    onError: (error) => {
      setAsking(false);
      tell(sentenceOf(error, t), "failed");
      void queries.invalidateQueries({ queryKey: ["jobs"] });
    },
  });

  if (job.status === "completed" || !mayEdit) return null;
  const name = job.website_name;
  const mayRetry = job.status === "failed" || job.status === "cancelled" || job.next_attempt_at !== null;
  return (
    <>
      {mayRetry && (
        <Button
          isSmall={isSmall}
          isBusy={act.isPending && act.variables === "retry"}
          onClick={() => act.mutate("retry")}
          aria-label={t("job.retry_of", { name })}
        >
          <RotateCcw aria-hidden className="size-3.5" />
          {t("job.retry")}
        </Button>
      )}
      {!hasEnded(job) && (
        <Button
          isSmall={isSmall}
          disabled={isStopping}
          isBusy={act.isPending && act.variables === "cancel"}
          onClick={() => setAsking(true)}
          aria-label={isStopping ? undefined : t("job.cancel_of", { name })}
        >
          <Square aria-hidden className="size-3.5" />
          {isStopping ? t("job.is_stopping") : t("job.cancel")}
        </Button>
      )}
      {isAsking && (
        <CancelDialog
          job={job}
          isBusy={act.isPending}
          onCancel={() => act.mutate("cancel")}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
