import { useQuery } from "@tanstack/react-query";

import { ClosesBadge } from "@/opportunities/closes";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { dashboard } from "@/words/en/dashboard";
import { useT } from "@/words/provider";

import { CallList, Nothing } from "./call-list";
import { newQuery } from "./queries";

/** What was seen for the first time in the last seven days. */
export function NewThisWeek() {
  const t = useT(dashboard);
  const found = useQuery(newQuery);
  return (
    <Card
      title={t("dashboard.new")}
      actions={
        <ButtonLink look="quiet" isSmall href="/?posted_within_days=7&sort=newest">
          {t("dashboard.all")}
          <span className="sr-only">: {t("dashboard.new")}</span>
        </ButtonLink>
      }
    >
      {found.data ? (
        found.data.items.length > 0 ? (
          <CallList
            calls={found.data.items}
            aside={(call) => <ClosesBadge call={call} />}
          />
        ) : (
          <Nothing>{t("dashboard.new_none")}</Nothing>
        )
      ) : (
        <div className="px-4 pb-4">
          {found.error ? (
            <ErrorState error={found.error} onRetry={() => void found.refetch()} isRetrying={found.isFetching} />
          ) : (
            <SkeletonRows count={10} className="h-10.5" />
          )}
        </div>
      )}
    </Card>
  );
}
