import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { Problem } from "@/api/problem";
import { Button } from "@/ui/button";
import { Checkbox, Input, Select, TextArea } from "@/ui/field";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { Told } from "@/ui/told";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import type { Website } from "../asked";
import { ScheduleField } from "../schedule-field";
import { changesOf, valuesOf, type Values } from "./settings-values";
import { Section } from "./section";

const RENDERS = ["auto", "http", "browser"] as const;
const ZONES = typeof Intl.supportedValuesOf === "function" ? ["UTC", ...Intl.supportedValuesOf("timeZone")] : [];

/** Everything that can be set of a website. Only what was changed is sent; what was typed stays when that fails. */
export function SettingsForm({ website }: { website: Website }) {
  const t = useT(websites);
  const queries = useQueryClient();
  const zones = useId();
  const [draft, setDraft] = useState<Partial<Values>>({});
  const values = { ...valuesOf(website), ...draft };
  const changes = changesOf(website, values);
  const isChanged = Object.keys(changes).length > 0;
  const give = (part: Partial<Values>) => setDraft({ ...draft, ...part });

  const save = useMutation({
    mutationFn: (body: Schemas["WebsiteChanges"]) =>
      answer(
        api.PATCH("/api/websites/{website_id}", { params: { path: { website_id: website.id } }, body }),
      ),
    onSuccess: async (after) => {
      tell(t("website.saved"));
      setDraft({});
      queries.setQueryData(["websites", "one", website.id], after);
      await queries.invalidateQueries({ queryKey: ["websites"] });
    },
  });
  const causes = save.error instanceof Problem ? save.error.causes : [];
  const wrong = (name: keyof Values) => causes.find((cause) => cause.location.startsWith(`body.${name}`))?.message;

  return (
    <Section title={t("website.settings")}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) save.mutate(changes);
        }}
      >
        <Input
          label={t("website.name")}
          hint={t("website.name_hint")}
          error={wrong("name")}
          maxLength={300}
          value={values.name}
          onChange={(event) => give({ name: event.target.value })}
        />
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <Input
            label={t("website.category")}
            error={wrong("category")}
            maxLength={100}
            value={values.category}
            onChange={(event) => give({ category: event.target.value })}
          />
          <Input
            label={t("website.region")}
            error={wrong("region")}
            maxLength={100}
            value={values.region}
            onChange={(event) => give({ region: event.target.value })}
          />
        </div>
        <Input
          label={t("website.tags")}
          hint={t("website.tags_hint")}
          error={wrong("tags")}
          value={values.tags}
          onChange={(event) => give({ tags: event.target.value })}
        />
        <ScheduleField
          value={values.schedule}
          error={wrong("schedule")}
          onChange={(schedule) => give({ schedule })}
        />
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <Input
            label={t("website.quiet")}
            hint={t("website.quiet_hint")}
            error={wrong("quiet_hours")}
            placeholder="22:00-06:00"
            value={values.quiet_hours}
            onChange={(event) => give({ quiet_hours: event.target.value })}
          />
          <Input
            label={t("website.timezone")}
            hint={t("website.timezone_hint")}
            error={wrong("timezone")}
            list={zones}
            placeholder="Europe/Paris"
            spellCheck={false}
            value={values.timezone}
            onChange={(event) => give({ timezone: event.target.value })}
          />
          <datalist id={zones}>
            {ZONES.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <Select
          label={t("website.render")}
          hint={t("website.render_hint")}
          value={values.render}
          onChoose={(render) => give({ render: RENDERS.find((each) => each === render) ?? "auto" })}
          options={RENDERS.map((render) => ({ value: render, name: t(`render.${render}`) }))}
        />
        <TextArea
          label={t("website.description")}
          rows={2}
          maxLength={2_000}
          error={wrong("description")}
          value={values.description}
          onChange={(event) => give({ description: event.target.value })}
        />
        <Checkbox
          label={t("website.active")}
          checked={values.active}
          onChange={(event) => give({ active: event.target.checked })}
        />
        <p className="text-muted text-xs">
          {t("website.limits")}{" "}
          <Link prefetch={false} href="/settings/" className="underline">
            {t("nav.settings")}
          </Link>
        </p>
        {save.error && (
          <p role="alert" className="text-bad text-sm">
            <Told>{sentenceOf(save.error, t)}</Told>
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button look="primary" type="submit" disabled={!isChanged} isBusy={save.isPending}>
            {t("website.save")}
          </Button>
          {isChanged && (
            <Button
              look="quiet"
              onClick={() => {
                setDraft({});
                save.reset();
              }}
            >
              {t("website.undo")}
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}
