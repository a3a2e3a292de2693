import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import { changeAddress, OnceHere, useParameters } from "@/ui/address";
import { Button, ButtonLink } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Page } from "@/ui/page";
import { PagedList } from "@/ui/paged-list";
import { EmptyState, SkeletonRows } from "@/ui/states";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import { readAsked, type Asked } from "./asked";
import { JobFilters } from "./filters";
import { useJobNews } from "./live";
import { LiveMark } from "./live-mark";
import { jobsQuery, MOST_PAGES } from "./queries";
import { JobRow } from "./row";

/** What was done, is done and waits, as it goes on. */
export function JobsPage() {
  const t = useT(jobs);
  return (
    <Page title={t("nav.jobs")} about={t("jobs.about")}>
      <OnceHere fallback={<SkeletonRows />}>
        <Jobs />
      </OnceHere>
    </Page>
  );
}

function Jobs() {
  const t = useT(jobs);
  const parameters = useParameters();
  const asked = readAsked(parameters);
  const from = parameters.get("from");
  const isHeard = useJobNews(asked);
  const list = useInfiniteQuery({ ...jobsQuery(asked, from), placeholderData: keepPreviousData });
  const total = list.data?.pages[0]?.total;
  return (
    <div className="grid gap-3">
      <JobFilters asked={asked} />
      <div className="flex min-h-7 items-center gap-3">
        <p role="status" className="text-muted numbers text-sm">
          {total && t(total.is_exact ? "jobs.count" : "jobs.count_about", { count: total.count })}
        </p>
        <LiveMark isHeard={isHeard} />
        {from && (
          <Button look="quiet" isSmall onClick={() => changeAddress({ from: null }, "push")}>
            {t("jobs.newest")}
          </Button>
        )}
      </div>
      <PagedList list={list} mostPages={MOST_PAGES} empty={<NoJobs asked={asked} />}>
        {(jobs, isOld, look) => (
          <ul
            aria-label={t("nav.jobs")}
            aria-busy={isOld || undefined}
            className={classes("card overflow-hidden", look)}
          >
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
        )}
      </PagedList>
    </div>
  );
}

function NoJobs({ asked }: { asked: Asked }) {
  const t = useT(jobs);
  if (asked.status || asked.trigger || asked.website) {
    return (
      <EmptyState
        title={t("jobs.none_filtered")}
        actions={
          <Button onClick={() => changeAddress({ status: null, trigger: null, website: null, from: null })}>
            {t("jobs.show_all")}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t("jobs.none")}
      actions={
        <ButtonLink look="primary" href="/websites/">
          {t("jobs.to_websites")}
        </ButtonLink>
      }
    >
      {t("jobs.none_what")}
    </EmptyState>
  );
}
