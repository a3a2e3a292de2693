import { useQueries } from "@tanstack/react-query";
import { useState } from "react";

import { changeAddress } from "@/ui/address";
import { Input, Select } from "@/ui/field";
import { SkeletonRows } from "@/ui/states";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { SEVERAL, without, type Asked, type Single } from "./asked";
import { FacetFilter } from "./facet-filter";
import { Group } from "./group";
import { facetsQuery } from "./queries";
import { useSettled } from "./settled";

/** Everything by which the list can be narrowed. What is chosen stands in the address. */
export function FilterPanel({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  // Shown all at once, so that nothing moves under the pointer; later counts come in where they stand.
  const isComing = useQueries({
    queries: [asked, ...SEVERAL.filter((name) => asked[name]).map((name) => without(asked, name))].map(facetsQuery),
    combine: (answers) => answers.some((each) => each.isPending),
  });
  const [isShown, setShown] = useState(!isComing);
  if (!isShown && !isComing) setShown(true);
  if (!isShown) return <SkeletonRows count={5} />;
  return (
    <div className="grid gap-5">
      <Group title={t("filter.deadline")}>
        <DeadlineFilter asked={asked} />
      </Group>
      <FacetFilter asked={asked} name="status" />
      <Group title={t("filter.amount")}>
        <div className="grid grid-cols-2 gap-2">
          <SettledInput name="amount_min" label={t("filter.at_least")} asked={asked} type="number" />
          <SettledInput name="amount_max" label={t("filter.at_most")} asked={asked} type="number" />
        </div>
      </Group>
      <FacetFilter asked={asked} name="currency" />
      <Group title={t("filter.posted")}>
        <Select
          label={t("filter.posted")}
          isLabelHidden
          value={String(asked.posted_within_days ?? "")}
          onChoose={(days) => changeAddress({ posted_within_days: days || null, from: null })}
          options={[
            { value: "", name: t("filter.posted.any") },
            ...[1, 7, 30].map((count) => ({ value: String(count), name: t("filter.posted.days", { count }) })),
          ]}
        />
      </Group>
      <FacetFilter asked={asked} name="organisation" />
      <FacetFilter asked={asked} name="category" />
      <FacetFilter asked={asked} name="website" />
    </div>
  );
}

function DeadlineFilter({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  const isRange = asked.closes_from !== undefined || asked.closes_to !== undefined;
  const [wantsRange, setWantsRange] = useState(false);
  const chosen = isRange || wantsRange ? "range" : String(asked.closing_within_days ?? "");
  return (
    <>
      <Select
        label={t("filter.deadline")}
        isLabelHidden
        value={chosen}
        onChoose={(value) => {
          setWantsRange(value === "range");
          changeAddress({
            closing_within_days: value === "range" ? null : value,
            closes_from: null,
            closes_to: null,
            from: null,
          });
        }}
        options={[
          { value: "", name: t("filter.deadline.any") },
          ...[7, 30, 90].map((count) => ({ value: String(count), name: t("filter.deadline.days", { count }) })),
          { value: "range", name: t("filter.deadline.range") },
        ]}
      />
      {chosen === "range" && (
        <div className="grid gap-2">
          <SettledInput name="closes_from" label={t("filter.from")} asked={asked} type="date" />
          <SettledInput name="closes_to" label={t("filter.to")} asked={asked} type="date" />
        </div>
      )}
    </>
  );
}

/** A field whose value goes to the address once one stops typing. */
function SettledInput(props: { name: Single; label: string; asked: Asked; type: "number" | "date" }) {
  const [typed, type] = useSettled(String(props.asked[props.name] ?? ""), (value) => {
    changeAddress({ [props.name]: value, from: null });
  });
  return (
    <Input
      label={props.label}
      type={props.type}
      {...(props.type === "number" ? { min: 0, inputMode: "numeric" } : {})}
      value={typed}
      onChange={(event) => type(event.target.value)}
    />
  );
}
