import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { useMay } from "@/api/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Failure } from "@/ui/failure";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { tell } from "@/ui/toast";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { changesOf, withChange, type Draft } from "./draft";
import { FixedSettings } from "./fixed-settings";
import { SettingsFrame } from "./frame";
import { GROUPS, isGrouped, type Setting } from "./groups";
import { SettingField } from "./setting-field";

export function SettingsPage() {
  const t = useT(settings);
  return (
    <SettingsFrame title={t("settings.running")} about={t("settings.running_what")} needs="administrator">
      <Settings />
    </SettingsFrame>
  );
}

function Settings() {
  const may = useMay("administrator");
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: ({ signal }) => answer(api.GET("/api/settings", { signal })),
    enabled: may,
  });
  if (settings.data) {
    return (
      <>
        <RunningSettings items={settings.data.items} />
        <FixedSettings items={settings.data.items.filter((each) => !each.limits && !isSwitch(each))} />
      </>
    );
  }
  if (settings.error) {
    return (
      <ErrorState
        error={settings.error}
        onRetry={() => void settings.refetch()}
        isRetrying={settings.isFetching}
      />
    );
  }
  return <SkeletonRows count={6} className="h-20" />;
}

function isSwitch(setting: Setting): boolean {
  return setting.name.startsWith("features_");
}

function RunningSettings({ items }: { items: readonly Setting[] }) {
  const t = useT(settings);
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({});
  const save = useMutation({
    // The server judges what may be sent; names come from its own list.
    mutationFn: () => answer(api.PATCH("/api/settings", { body: changesOf(draft, items) })),
    onSuccess: (told) => {
      queries.setQueryData(["settings"], told);
      setDraft({});
      tell(t("settings.saved"));
    },
  });
  const count = Object.keys(draft).length;
  const causes = save.error instanceof Problem ? save.error.causes : [];
  const others = items.filter((each) => each.limits && !isGrouped(each.name));

  function fieldsOf(settings: readonly Setting[]) {
    return settings.map((setting) => (
      <SettingField
        key={setting.name}
        setting={setting}
        draft={draft}
        error={causes.find((cause) => cause.location.startsWith(`body.${setting.name}`))?.message}
        onChange={(typed) => setDraft(withChange(draft, setting, typed))}
      />
    ));
  }

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (count > 0) save.mutate();
      }}
    >
      <div className="gap-4 *:mb-4 *:break-inside-avoid 2xl:columns-2">
        {GROUPS.map((group) => {
          const names: readonly string[] = group.names;
          return (
            <Card key={group.title} title={t(group.title)}>
              {fieldsOf(items.filter((each) => names.includes(each.name)))}
            </Card>
          );
        })}
        {others.length > 0 && <Card title={t("settings.group_others")}>{fieldsOf(others)}</Card>}
      </div>
      {(count > 0 || save.error) && (
        <div className="bg-raised border-line shadow-raised sticky bottom-16 z-10 flex flex-wrap items-center gap-2 rounded-lg border px-4 py-2 md:bottom-4">
          <p role="status" className="text-sm font-medium">
            {t("settings.changes", { count })}
          </p>
          <div className="min-w-0 flex-1">
            <Failure error={save.error} />
          </div>
          <Button
            look="quiet"
            onClick={() => {
              setDraft({});
              save.reset();
            }}
          >
            {t("settings.discard")}
          </Button>
          <Button type="submit" look="primary" disabled={count === 0} isBusy={save.isPending}>
            {t("save")}
          </Button>
        </div>
      )}
    </form>
  );
}
