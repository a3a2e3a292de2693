import { useId } from "react";

import { Button } from "@/ui/button";
import { Badge } from "@/ui/badge";
import { Input, Select } from "@/ui/field";
import { useKnownZones } from "@/ui/zone";
import { settings } from "@/words/en/settings";
import { useLocale, useT } from "@/words/provider";

import { shownIn, type Draft } from "./draft";
import { unitOf, wordsOf, type Setting } from "./groups";
import { useLimits } from "./limits";
import { CHOICES, ShownValue, SourceBadge } from "./source";

interface Props {
  setting: Setting;
  draft: Draft;
  error: string | undefined;
  onChange: (typed: string | boolean | null) => void;
}

/** One setting: what it does, what it takes, where its value comes from, and the way back to the default. */
export function SettingField({ setting, draft, error, onChange }: Props) {
  const t = useT(settings);
  const words = wordsOf(setting.name);
  const isChanged = setting.name in draft;
  const isDefault = draft[setting.name] === null || (!isChanged && setting.source === "default");
  return (
    <div className="border-line grid gap-x-4 gap-y-1.5 border-t px-4 py-3 md:grid-cols-[minmax(0,1fr)_13rem]">
      <div className="grid content-start gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
          <span {...(words ? {} : { lang: "en" })}>{words ? t(words.name) : setting.name}</span>
          {isChanged ? <Badge tone="accent">{t("settings.unsaved")}</Badge> : <SourceBadge source={setting.source} />}
        </p>
        <p className="text-muted text-sm" {...(words ? {} : { lang: "en" })}>
          {words ? t(words.what) : setting.description}
        </p>
        <p className="text-muted flex flex-wrap items-center gap-x-2 text-xs">
          <span>
            {t("settings.default")} <ShownValue value={setting.default} name={setting.name} />
          </span>
          {setting.is_changeable && !isDefault && (
            <Button look="quiet" isSmall onClick={() => onChange(null)}>
              {t("settings.to_default")}
            </Button>
          )}
        </p>
      </div>
      {setting.is_changeable ? (
        <Control setting={setting} draft={draft} error={error} onChange={onChange} />
      ) : (
        <div className="grid content-start gap-0.5 text-sm">
          <p className="font-mono">
            <ShownValue value={setting.value} name={setting.name} />
          </p>
          <p className="text-muted text-xs">{t("settings.by_environment", { variable: setting.variable })}</p>
        </div>
      )}
    </div>
  );
}

function Control({ setting, draft, error, onChange }: Props) {
  const t = useT(settings);
  const locale = useLocale();
  const limits = useLimits(setting);
  const zones = useKnownZones();
  const list = useId();
  const words = wordsOf(setting.name);
  const unit = unitOf(setting.name);
  const name = words ? t(words.name) : setting.name;
  const label = unit ? `${name} (${t(unit.name)})` : name;
  const shown = shownIn(setting, draft);
  const kind = setting.limits?.kind;
  const about = { label, error, isLabelHidden: true };
  if (kind === "switch" || kind === "choice") {
    const values = kind === "switch" ? ["true", "false"] : (setting.limits?.choices ?? []);
    return (
      <div>
        <Select
          {...about}
          value={String(shown)}
          options={values.map((value) => ({
            value,
            name: value in CHOICES ? t(CHOICES[value as keyof typeof CHOICES]) : value,
          }))}
          onChoose={(chosen) => onChange(kind === "switch" ? chosen === "true" : chosen)}
        />
      </div>
    );
  }
  const isNumber = kind === "number" || kind === "whole number";
  return (
    <div>
      <Input
        {...about}
        hint={[unit && t(unit.name), limits].filter(Boolean).join(", ") || undefined}
        lang={locale}
        inputMode={kind === "whole number" ? "numeric" : isNumber ? "decimal" : "text"}
        className={isNumber ? "numbers" : ""}
        list={setting.name === "timezone" ? list : undefined}
        value={String(shown)}
        onChange={(event) => onChange(event.target.value)}
      />
      {setting.name === "timezone" && (
        <datalist id={list}>
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
    </div>
  );
}
