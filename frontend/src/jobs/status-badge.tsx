import { Ban, CircleCheck, CircleX, Clock3, LoaderCircle } from "lucide-react";

import { Badge, type Tone } from "@/ui/badge";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import type { Status } from "./asked";

const LOOKS = {
  pending: { tone: "neutral", icon: Clock3, word: "job.pending" },
  running: { tone: "accent", icon: LoaderCircle, word: "job.running" },
  completed: { tone: "good", icon: CircleCheck, word: "job.completed" },
  failed: { tone: "bad", icon: CircleX, word: "job.failed" },
  cancelled: { tone: "neutral", icon: Ban, word: "job.cancelled" },
} as const satisfies Record<Status, { tone: Tone; icon: unknown; word: string }>;

/** Where a job stands, in a word. */
export function StatusBadge({ status }: { status: Status }) {
  const t = useT(jobs);
  const { tone, icon: Icon, word } = LOOKS[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={status === "running" ? "size-3 animate-spin" : "size-3"} />
      {t(word)}
    </Badge>
  );
}
