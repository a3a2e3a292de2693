import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useDeferredValue, useId, useState } from "react";

import { answer, api } from "@/api/client";
import { websiteQuery } from "@/websites/queries";
import { changeAddress } from "@/ui/address";
import { classes } from "@/ui/classes";
import { Input, Select } from "@/ui/field";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import { STATUSES, TRIGGERS, type Asked } from "./asked";

/** Which jobs are shown: by state, by who asked, of one website. */
export function JobFilters({ asked }: { asked: Asked }) {
  const t = useT(jobs);
  const chosen = asked.status ?? [];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div role="group" aria-label={t("jobs.filter_status")} className="flex flex-wrap gap-1.5">
        {STATUSES.map((status) => {
          const isOn = chosen.includes(status);
          const next = isOn ? chosen.filter((each) => each !== status) : [...chosen, status];
          return (
            <button
              key={status}
              type="button"
              aria-pressed={isOn}
              onClick={() => changeAddress({ status: next, from: null })}
              className={classes(
                "min-h-8 rounded-md border px-2.5 text-sm font-medium",
                isOn ? "bg-accent-soft border-accent text-accent-strong" : "bg-surface border-edge hover:bg-hover",
              )}
            >
              {t(`job.${status}`)}
            </button>
          );
        })}
      </div>
      <Select
        label={t("jobs.filter_trigger")}
        isLabelHidden
        className="w-auto"
        value={asked.trigger ?? ""}
        onChoose={(trigger) => changeAddress({ trigger: trigger || null, from: null })}
        options={[
          { value: "", name: t("trigger.any") },
          ...TRIGGERS.map((trigger) => ({ value: trigger, name: t(`trigger.${trigger}`) })),
        ]}
      />
      {asked.website ? <ChosenWebsite id={asked.website} /> : <WebsiteChoice />}
    </div>
  );
}

function ChosenWebsite({ id }: { id: string }) {
  const t = useT(jobs);
  const { data } = useQuery(websiteQuery(id));
  return (
    <button
      type="button"
      onClick={() => changeAddress({ website: null, from: null })}
      className="bg-accent-soft border-accent text-accent-strong inline-flex min-h-8 max-w-72 items-center gap-1.5 rounded-md border px-2.5 text-sm font-medium"
    >
      <span className="truncate">{data?.name ?? t("jobs.one_website")}</span>
      <X aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{t("jobs.all_websites")}</span>
    </button>
  );
}

/** Websites are found by the beginnings of their names and addresses. */
function WebsiteChoice() {
  const t = useT(jobs);
  const names = useId();
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed.trim());
  const { data } = useQuery({
    queryKey: ["websites", "choice", words],
    queryFn: ({ signal }) => answer(api.GET("/api/websites", { params: { query: { q: words, limit: 8 } }, signal })),
    enabled: words.length > 1,
    placeholderData: (before) => before,
  });
  const found = words.length > 1 ? (data?.items ?? []) : [];
  function type(text: string): void {
    setTyped(text);
    const website = found.find((each) => each.name === text);
    if (website) changeAddress({ website: website.id, from: null });
  }
  return (
    <div className="w-56">
      <Input
        label={t("jobs.filter_website")}
        isLabelHidden
        type="search"
        list={names}
        autoComplete="off"
        placeholder={t("jobs.filter_website")}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          const [only] = found;
          if (event.key === "Enter" && only && found.length === 1) type(only.name);
        }}
      />
      <datalist id={names}>
        {found.map((website) => (
          <option key={website.id} value={website.name} label={website.url} />
        ))}
      </datalist>
    </div>
  );
}
