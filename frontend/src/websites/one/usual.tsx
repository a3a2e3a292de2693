import { useQuery } from "@tanstack/react-query";

import { durationText } from "@/jobs/duration";
import { bytesText } from "@/ui/bytes";
import { numberFormat } from "@/ui/formats";
import { ErrorState, Skeleton } from "@/ui/states";
import { DateText } from "@/ui/values";
import { websites } from "@/words/en/websites";
import { useLocale, useT } from "@/words/provider";

import type { Website } from "../asked";
import { usualQuery } from "../queries";
import { Pair, Section } from "./section";

/** What a website usually gives. What lies outside of it turns the website amber or red, and takes nothing away. */
export function Usual({ website }: { website: Website }) {
  const t = useT(websites);
  const locale = useLocale();
  const usual = useQuery(usualQuery(website.id));
  const { data } = usual;
  const numbers = numberFormat(locale, { maximumFractionDigits: 0 });
  const shares = numberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return (
    <Section title={t("usual.title")}>
      {usual.error && !data && (
        <ErrorState error={usual.error} onRetry={() => void usual.refetch()} isRetrying={usual.isFetching} />
      )}
      {!data && !usual.error && <Skeleton className="h-40" />}
      {data && data.visits === 0 && <p className="text-muted text-sm">{t("usual.unknown")}</p>}
      {data && data.visits > 0 && (
        <>
          <p className="text-muted text-xs">
            {t("usual.learned", { count: data.visits })}{" "}
            {data.since && (
              <>
                {t("usual.since")} <DateText at={data.since} />
              </>
            )}
          </p>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
            {data.listed && (
              <Pair name={t("usual.listed")}>
                {data.listed.high === null
                  ? t("usual.at_least", { low: numbers.format(data.listed.low) })
                  : t("usual.range", {
                      usual: numbers.format(data.listed.usual),
                      low: numbers.format(Math.ceil(data.listed.low)),
                      high: numbers.format(Math.floor(data.listed.high)),
                    })}
              </Pair>
            )}
            <Pair name={t("usual.new")}>
              {data.new_a_week === null ? t("usual.not_known") : t("usual.a_week", { count: data.new_a_week })}
            </Pair>
            {data.fill && <Pair name={t("usual.fill")}>{shares.format(data.fill.usual)}</Pair>}
            {data.most_missing_share !== null && (
              <Pair name={t("usual.missing")}>
                {t("usual.up_to", { most: shares.format(data.most_missing_share) })}
              </Pair>
            )}
            {data.most_seconds !== null && (
              <Pair name={t("usual.seconds")}>
                {t("usual.up_to", { most: durationText(data.most_seconds, locale) })}
              </Pair>
            )}
            {data.most_bytes !== null && (
              <Pair name={t("usual.bytes")}>{t("usual.up_to", { most: bytesText(data.most_bytes, locale) })}</Pair>
            )}
          </dl>
          {data.weeks_without > 0 && <p className="text-sm">{t("usual.drought", { count: data.weeks_without })}</p>}
        </>
      )}
    </Section>
  );
}
