import { useQuery } from "@tanstack/react-query";
import { Download, Keyboard, SlidersHorizontal, Star } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { changeAddress } from "@/ui/address";
import { Button, ButtonLink, IconButton } from "@/ui/button";
import { Select } from "@/ui/field";
import { Menu } from "@/ui/menu";
import { persistently } from "@/ui/persistently";
import { useShortcut } from "@/ui/shortcuts";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { countFilters, SORTS, writeAsked, type Asked } from "./asked";
import { facetsQuery } from "./queries";
import { ViewsMenu } from "./views-menu";

const FilterDrawer = dynamic(() => persistently(() => import("./filter-drawer")), { ssr: false });
const ShortcutsDialog = dynamic(() => persistently(() => import("./shortcuts-dialog")), { ssr: false });

const SORT_WORDS = {
  deadline: "sort.deadline",
  newest: "sort.newest",
  amount: "sort.amount",
  relevance: "sort.relevance",
} as const;
const FORMATS = { csv: "export.csv", xlsx: "export.xlsx", ndjson: "export.ndjson" } as const;

/** How many there are, in which order, and what can be done with all of them. */
export function Toolbar({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  const [open, setOpen] = useState<"filters" | "keys" | null>(null);
  const { data: facets } = useQuery({ ...facetsQuery(asked), placeholderData: (before) => before });
  const filters = countFilters(asked);
  useShortcut("?", () => setOpen("keys"));

  return (
    <div className="flex flex-wrap items-center gap-2">
      <p role="status" className="text-muted numbers min-w-24 flex-1 text-sm">
        {facets && t(facets.total.is_exact ? "list.count" : "list.about", { count: facets.total.count })}
      </p>
      <Button className="xl:hidden" onClick={() => setOpen("filters")}>
        <SlidersHorizontal aria-hidden className="size-4" />
        {filters > 0 ? t("filter.title_count", { count: filters }) : t("filter.title")}
      </Button>
      <Select
        label={t("sort.label")}
        isLabelHidden
        className="w-auto"
        value={asked.sort ?? "deadline"}
        onChoose={(sort) => changeAddress({ sort: sort === "deadline" ? null : sort, from: null })}
        options={SORTS.filter((sort) => sort !== "relevance" || asked.q).map((sort) => ({
          value: sort,
          name: t(SORT_WORDS[sort]),
        }))}
      />
      <ViewsMenu asked={asked} />
      <ButtonLink href="/marked/">
        <Star aria-hidden className="text-muted size-4" />
        {t("marked.starred")}
      </ButtonLink>
      <Menu
        label={
          <>
            <Download aria-hidden className="text-muted size-4" />
            {t("export")}
          </>
        }
        items={Object.entries(FORMATS).map(([format, name]) => ({
          name: t(name),
          href: `/api/opportunities/export?${exported(asked, format)}`,
        }))}
      />
      <span className="hidden md:block">
        <IconButton label={t("keys.title")} onClick={() => setOpen("keys")}>
          <Keyboard aria-hidden className="size-4" />
        </IconButton>
      </span>
      {open === "filters" && <FilterDrawer asked={asked} onClose={() => setOpen(null)} />}
      {open === "keys" && <ShortcutsDialog onClose={() => setOpen(null)} />}
    </div>
  );
}

function exported(asked: Asked, format: string): string {
  const parameters = writeAsked(asked);
  if (asked.q) parameters.set("typing", "true");
  parameters.set("format", format);
  return parameters.toString();
}
