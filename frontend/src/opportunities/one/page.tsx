import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ExternalLink, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";

import { Problem } from "@/api/problem";
import { OnceHere, useAddressId } from "@/ui/address";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { useNow } from "@/ui/now";
import { Page } from "@/ui/page";
import { ahead } from "@/ui/persistently";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { DateText } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import { ClosesBadge } from "../closes";
import { isStale } from "../deadline";
import { opportunityQuery, type Whole } from "../queries";
import { CheckNow } from "./check-now";
import { Facts } from "./facts";
import { OwnMark } from "./mark";

// What is known comes first; who says so and what changed follows.
const Beside = dynamic(ahead(() => import("./beside")), { ssr: false, loading: () => <SkeletonRows count={3} /> });

/** One call: what is known of it, each value with its proof, who says so, and what changed. */
export function OpportunityPage() {
  const t = useT(opportunity);
  return (
    <OnceHere
      fallback={
        <Page title={t("one.title")} isTitleHidden>
          <SkeletonRows />
        </Page>
      }
    >
      <OfAddress />
    </OnceHere>
  );
}

function OfAddress() {
  const t = useT(opportunity);
  const id = useAddressId();
  const { data, error, isFetching, refetch } = useQuery({ ...opportunityQuery(id ?? ""), enabled: id !== null });
  if (data) {
    return (
      <Page
        title={data.title}
        about={<About call={data} />}
        actions={
          <>
            <OwnMark call={data} />
            <CheckNow call={data} />
            {data.url && (
              <ButtonLink look="primary" href={data.url} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden className="size-4" />
                {t("one.original")}
                <span className="sr-only">{t("new_window")}</span>
              </ButtonLink>
            )}
          </>
        }
      >
        {error && <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
        <StaleNote call={data} />
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
          <Facts call={data} />
          <Beside call={data} />
        </div>
      </Page>
    );
  }
  const isMissing = id === null || (error instanceof Problem && (error.status === 404 || error.status === 422));
  return (
    <Page title={t("one.title")} isTitleHidden>
      {isMissing ? (
        <EmptyState title={t("one.missing")} actions={<ButtonLink href="/">{t("not_found.lead")}</ButtonLink>}>
          {t("not_found.what")}
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      ) : (
        <SkeletonRows />
      )}
    </Page>
  );
}

function About({ call }: { call: Whole }) {
  const t = useT(opportunity);
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <ClosesBadge call={call} />
      {!call.is_listed && <Badge tone="warn">{t("row.unlisted")}</Badge>}
      <span>{call.organisation ?? t("row.no_organisation")}</span>
      <Link href="/" prefetch={false} className="text-accent inline-flex min-h-6 items-center gap-1 hover:underline">
        <ArrowLeft aria-hidden className="size-3.5" />
        {t("one.back")}
      </Link>
    </div>
  );
}

/** Says in amber when nobody confirmed a call lately, for then its deadline may have moved. */
function StaleNote({ call }: { call: Whole }) {
  const t = useT(opportunity);
  const now = useNow();
  const verified = call.sources.flatMap((source) => source.verified_at ?? []).sort();
  const last = verified[verified.length - 1] ?? null;
  if (call.status === "closed" || !isStale(last, now)) return null;
  return (
    <p className="bg-warn-soft text-warn flex items-start gap-2 rounded-lg px-4 py-2.5 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {last ? (
          <>
            {t("one.stale")} <DateText at={last} />.
          </>
        ) : (
          t("one.never_verified")
        )}{" "}
        {t("one.stale_what")}
      </span>
    </p>
  );
}
