import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Badge, type Tone } from "@/ui/badge";
import { Card } from "@/ui/card";
import { sentenceOf, Skeleton } from "@/ui/states";
import { DateText } from "@/ui/values";
import { dashboard } from "@/words/en/dashboard";
import { useT } from "@/words/provider";

import { readyQuery, systemQuery } from "./queries";

const LONG_WAIT_SECONDS = 900;

/** Whether the parts do their work, as they say themselves at this moment. */
export function SystemStatus() {
  const t = useT(dashboard);
  const ready = useQuery(readyQuery);
  const system = useQuery(systemQuery);
  const told = system.data;
  const isLate = told !== undefined && told.longest_wait_seconds > LONG_WAIT_SECONDS;
  return (
    <Card title={t("system.title")}>
      <dl className="grid text-sm">
        <Part
          name={t("system.database")}
          tone={ready.error ? "bad" : ready.data ? "good" : null}
          word={ready.error ? t("system.away") : t("system.answers")}
        >
          {ready.error && sentenceOf(ready.error, t)}
        </Part>
        <Part
          name={t("system.workers")}
          tone={told ? (told.workers > 0 ? "good" : "bad") : system.error ? "bad" : null}
          word={told ? t("system.worker_count", { count: told.workers }) : t("system.unknown")}
        >
          {told?.workers === 0 && t("system.no_worker")}
          {told?.workers === 0 && told.worker_seen_at && (
            <>
              {" "}
              {t("system.seen")} <DateText at={told.worker_seen_at} />
            </>
          )}
        </Part>
        <Part
          name={t("system.queue")}
          tone={told ? (isLate ? "warn" : "good") : system.error ? "bad" : null}
          word={
            told
              ? t("system.queue_counts", { waiting: told.jobs_waiting, running: told.jobs_running })
              : t("system.unknown")
          }
        >
          {isLate && t("system.late", { count: Math.round(told.longest_wait_seconds / 60) })}
        </Part>
        <Part
          name={t("system.failures")}
          tone={told ? (told.jobs_failed_in_24_hours > 0 ? "warn" : "good") : system.error ? "bad" : null}
          word={told ? t("system.failure_count", { count: told.jobs_failed_in_24_hours }) : t("system.unknown")}
        />
        <Part
          name={t("system.backups")}
          tone={told ? (!told.backup_is_well ? "bad" : told.last_backup_at ? "good" : "neutral") : system.error ? "bad" : null}
          word={
            !told
              ? t("system.unknown")
              : !told.backup_is_well
                ? t("system.backup_missing")
                : told.last_backup_at
                  ? t("system.backup_there")
                  : t("system.backup_none")
          }
        >
          {told && !told.backup_is_well && t("system.backup_advice")}
          {told?.last_backup_at && (
            <>
              {" "}
              {t("system.backup_last")} <DateText at={told.last_backup_at} />
            </>
          )}
        </Part>
      </dl>
    </Card>
  );
}

interface PartProps {
  name: string;
  /** null: it is not known yet. */
  tone: Tone | null;
  word: string;
  children?: ReactNode;
}

function Part({ name, tone, word, children }: PartProps) {
  return (
    <div className="border-line flex flex-wrap items-center gap-x-3 border-t px-4 py-1.5">
      <dt className="text-muted min-w-0 flex-1">{name}</dt>
      <dd>{tone ? <Badge tone={tone}>{word}</Badge> : <Skeleton className="h-5 w-20" />}</dd>
      {children && <dd className="basis-full text-xs">{children}</dd>}
    </div>
  );
}
