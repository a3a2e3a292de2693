import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";

import { useMay } from "@/api/session";
import { answer, api } from "@/api/client";
import { Button } from "@/ui/button";
import { numberFormat } from "@/ui/formats";
import { HealthBadge } from "@/ui/health-badge";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { Told } from "@/ui/told";
import { DateText } from "@/ui/values";
import { websites } from "@/words/en/websites";
import { useLocale, useT } from "@/words/provider";

import type { Website } from "../asked";
import { activityQuery } from "../queries";
import { Next } from "../row";
import { Pair, Section } from "./section";

/** How a website is doing: in a word, why, what to do; when it was and is visited, and what it gave. */
export function Condition({ website }: { website: Website }) {
  const t = useT(websites);
  const locale = useLocale();
  const queries = useQueryClient();
  const { data } = useQuery(activityQuery([website.id]));
  const activity = data?.[0];
  const numbers = numberFormat(locale);
  const accept = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/websites/{website_id}/accept", { params: { path: { website_id: website.id } } })),
    onSuccess: async () => {
      tell(t("website.accepted"));
      await queries.invalidateQueries({ queryKey: ["websites"] });
    },
    onError: (error) => tell(sentenceOf(error, t), "failed"),
  });
  const mayEdit = useMay("editor");
  const isUnusual = website.health === "amber" || website.health === "red";
  // Where nothing was ever found, nothing is usual that could be learned anew.
  const mayAccept = mayEdit && isUnusual && activity !== undefined && activity.opportunities > 0;
  return (
    <Section
      title={t("website.health")}
      aside={
        <span className="flex items-center gap-2 text-xs">
          <HealthBadge health={website.health} />
          {website.health_since && (
            <span className="text-muted">
              {t("website.since")} <DateText at={website.health_since} />
            </span>
          )}
        </span>
      }
    >
      {website.health_reason && (
        <p className={website.health === "red" ? "text-bad text-sm" : "text-warn text-sm"}>
          <Told>{website.health_reason}</Told>
        </p>
      )}
      {website.health_advice && (
        <p className="text-sm">
          <span className="font-medium">{t("website.advice")}</span> <Told>{website.health_advice}</Told>
        </p>
      )}
      {website.health === "green" && <p className="text-muted text-sm">{t("website.is_well")}</p>}
      {website.health === null && <p className="text-muted text-sm">{t("website.unvisited")}</p>}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
        <Pair name={t("website.last")}>
          {website.last_scraped_at ? <DateText at={website.last_scraped_at} /> : t("websites.never")}
        </Pair>
        <Pair name={t("website.next")}>
          <Next website={website} />
        </Pair>
        <Pair name={t("website.listed")}>
          {activity ? (
            <Link prefetch={false} href={`/?website=${website.id}`} className="underline">
              {t("website.calls", { count: activity.listed })}
            </Link>
          ) : (
            "–"
          )}
        </Pair>
        <Pair name={t("website.ever")}>{activity ? numbers.format(activity.opportunities) : "–"}</Pair>
      </dl>
      {mayAccept && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button isSmall isBusy={accept.isPending} onClick={() => accept.mutate()}>
            {t("website.accept")}
          </Button>
          <p className="text-muted min-w-52 flex-1 text-xs">{t("website.accept_what")}</p>
        </div>
      )}
    </Section>
  );
}
