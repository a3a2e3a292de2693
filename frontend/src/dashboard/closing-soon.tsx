import type { Schemas } from "@/api/client";
import { ClosesBadge } from "@/opportunities/closes";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { SkeletonRows } from "@/ui/states";
import { DateText } from "@/ui/values";
import { dashboard } from "@/words/en/dashboard";
import { useT } from "@/words/provider";

import { CallList, Nothing } from "./call-list";

/** The next deadlines of calls that are open. */
export function ClosingSoon({ stats }: { stats: Schemas["Stats"] | undefined }) {
  const t = useT(dashboard);
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
          <SkeletonRows count={10} className="h-10.5" />
        </div>
      ) : stats.next_to_close.length > 0 ? (
        <CallList
          calls={stats.next_to_close}
          mark={(call) => <ClosesBadge call={{ status: "open", closes_at: call.closes_at }} />}
          aside={(call) => <DateText at={call.closes_at} isRelative={false} />}
        />
      ) : (
        <Nothing>{t("dashboard.closing_none")}</Nothing>
      )}
    </Card>
  );
}
