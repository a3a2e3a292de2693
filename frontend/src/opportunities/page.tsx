import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useMemo } from "react";

import { OnceHere, onAddressChange, useParameters, usePath } from "@/ui/address";
import { Page } from "@/ui/page";
import { ahead, persistently } from "@/ui/persistently";
import { SkeletonRows } from "@/ui/states";
import { isWide, useWide } from "@/ui/wide";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { ActiveFilters } from "./active-filters";
import { readAsked } from "./asked";
import { listQuery } from "./queries";
import { Results } from "./results";
import { Toolbar } from "./toolbar";

const filterPanel = () => import("./filter-panel").then((loaded) => loaded.FilterPanel);
const FilterPanel = dynamic(isWide() ? ahead(filterPanel) : () => persistently(filterPanel), {
  ssr: false,
  loading: () => <SkeletonRows count={5} />,
});

/** The start page: everything that was found, and the means to find one's own in it. */
export function OpportunitiesPage() {
  const t = useT(opportunities);
  return (
    <Page title={t("nav.opportunities")} isTitleHidden>
      <OnceHere fallback={<SkeletonRows />}>
        <Found />
      </OnceHere>
    </Page>
  );
}

function Found() {
  const t = useT(opportunities);
  const parameters = useParameters();
  const asked = useMemo(() => readAsked(parameters), [parameters]);
  const isRoomy = useWide();
  useAskedAhead();
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[15rem_minmax(0,1fr)]">
      <section
        aria-label={t("filter.title")}
        className="hidden xl:sticky xl:top-19 xl:block xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto xl:p-1"
      >
        {isRoomy && <FilterPanel asked={asked} />}
      </section>
      <div className="grid min-w-0 gap-3">
        <Toolbar asked={asked} />
        <ActiveFilters asked={asked} />
        <Results asked={asked} from={parameters.get("from")} />
      </div>
    </div>
  );
}

/** Another question is on its way to the server while the page is drawn for it. */
function useAskedAhead(): void {
  const queries = useQueryClient();
  const path = usePath();
  useEffect(
    () =>
      onAddressChange(() => {
        if (window.location.pathname !== path) return;
        const parameters = new URLSearchParams(window.location.search);
        // What fails is told where it is shown.
        queries.infiniteQuery(listQuery(readAsked(parameters), parameters.get("from"))).catch(() => undefined);
      }),
    [queries, path],
  );
}
