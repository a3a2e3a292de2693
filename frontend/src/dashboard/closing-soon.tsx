"use client";

import type { Schemas } from "@/api/client";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { useNow } from "@/ui/now";
import { SkeletonRows } from "@/ui/states";
import { DateText, relative } from "@/ui/values";
import { useLocale, useT } from "@/words/provider";

import { CallList, Nothing } from "./call-list";

const DAY_MILLISECONDS = 86_400_000;
const URGENT_DAYS = 3;

/** The next deadlines of calls that are open. */
export function ClosingSoon({ stats }: { stats: Schemas["Stats"] | undefined }) {
  const t = useT();
  return (
    <Card
      title={t("dashboard.closing")}
      actions={
        <ButtonLink look="quiet" isSmall href="/?closing_within_days=30">
          {t("dashboard.all")}
          <span className="sr-only">: {t("dashboard.closing")}</span>
        </ButtonLink>
      }
    >
      {!stats ? (
        <div className="px-4 pb-4">
          <SkeletonRows count={6} className="h-8" />
        </div>
      ) : stats.next_to_close.length > 0 ? (
        <CallList
          calls={stats.next_to_close}
          mark={(call) => <Left closesAt={call.closes_at} />}
          aside={(call) => <DateText at={call.closes_at} isRelative={false} />}
        />
      ) : (
        <Nothing>{t("dashboard.closing_none")}</Nothing>
      )}
    </Card>
  );
}

function Left({ closesAt }: { closesAt: string }) {
  const now = useNow();
  const locale = useLocale();
  const at = new Date(closesAt);
  const days = (at.getTime() - now.getTime()) / DAY_MILLISECONDS;
  return <Badge tone={days <= URGENT_DAYS ? "bad" : "warn"}>{relative(at, now, locale)}</Badge>;
}
