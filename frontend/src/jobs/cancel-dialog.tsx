import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import type { Job } from "./asked";

interface Props {
  job: Job;
  isBusy: boolean;
  onCancel: () => void;
  onClose: () => void;
}

/** Asks before a job is cancelled, and says what that means for what it found. */
export default function CancelDialog({ job, isBusy, onCancel, onClose }: Props) {
  const t = useT(jobs);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("job.cancel_title", { name: job.website_name })}
      description={t(job.status === "running" ? "job.cancel_running" : "job.cancel_waiting")}
      actions={
        <>
          <Button onClick={onClose}>{t("job.cancel_not")}</Button>
          <Button look="danger" isBusy={isBusy} onClick={onCancel}>
            {t("job.cancel_do")}
          </Button>
        </>
      }
    />
  );
}
