import { CircleCheck } from "lucide-react";
import Link from "next/link";

import type { Schemas } from "@/api/client";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { HealthBadge } from "@/ui/health-badge";
import { SkeletonRows } from "@/ui/states";
import { DateText } from "@/ui/values";
import { dashboard } from "@/words/en/dashboard";
import { useT } from "@/words/provider";

/** Websites that a person should look at: why, and what to do. */
export function Attention({ stats }: { stats: Schemas["Stats"] | undefined }) {
  const t = useT(dashboard);
  return (
    <Card
      title={t("dashboard.attention")}
      actions={
        <ButtonLink look="quiet" isSmall href="/websites/">
          {t("dashboard.all")}
          <span className="sr-only">: {t("nav.websites")}</span>
        </ButtonLink>
      }
    >
      {!stats ? (
        <div className="px-4 pb-4">
          <SkeletonRows count={1} className="h-5" />
        </div>
      ) : stats.needs_attention.length > 0 ? (
        <ul>
          {stats.needs_attention.map((website) => (
            <li key={website.id} className="border-line grid grid-cols-[minmax(0,1fr)] gap-0.5 border-t px-4 py-2 text-sm">
              <div className="flex items-center gap-2">
                <Link
                  href={`/website/?id=${website.id}`}
                  prefetch={false}
                  title={website.url}
                  className="min-w-0 flex-1 truncate font-medium hover:underline"
                >
                  {website.name}
                </Link>
                <HealthBadge health={website.health} />
              </div>
              {website.health_reason && <p>{website.health_reason}</p>}
              {website.health_advice && <p className="text-muted text-xs">{website.health_advice}</p>}
              {website.health_since && (
                <p className="text-muted text-xs">
                  {t("dashboard.since")} <DateText at={website.health_since} isRelative={false} />
                </p>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted flex items-center gap-2 px-4 pb-4 text-sm">
          <CircleCheck aria-hidden className="text-good size-4 shrink-0" />
          {t("dashboard.attention_none")}
        </p>
      )}
    </Card>
  );
}
