import { Table } from "@/ui/table";
import { settings } from "@/words/en/settings";
import { useDescription, useT } from "@/words/provider";

import type { Setting } from "./groups";
import { ShownValue, SourceBadge } from "./source";
import { Variable } from "./variable";

/** Settings that only the environment sets, before a start. */
export function FixedSettings({ items }: { items: readonly Setting[] }) {
  const t = useT(settings);
  return (
    <details className="card">
      <summary className="px-4 py-3 text-sm font-semibold">
        {t("settings.fixed_count", { count: items.length })}
        <span className="text-muted block text-xs font-normal">{t("settings.fixed_what")}</span>
      </summary>
      <div className="px-4 pb-4">
        <Table
          caption={t("settings.fixed")}
          rows={items}
          keyOf={(setting) => setting.name}
          columns={[
            {
              name: t("settings.variable"),
              cell: (setting) => (
                <div className="grid gap-0.5">
                  <Variable name={setting.variable} />
                  <Description setting={setting} />
                </div>
              ),
            },
            {
              name: t("settings.value"),
              cell: (setting) => (
                <span className="numbers break-all">
                  {setting.is_secret && setting.source !== "default" ? (
                    t("settings.secret")
                  ) : (
                    <ShownValue value={setting.value} name={setting.name} />
                  )}
                </span>
              ),
            },
            {
              name: t("settings.source"),
              from: "md",
              cell: (setting) => <SourceBadge source={setting.source} />,
            },
          ]}
        />
      </div>
    </details>
  );
}

function Description({ setting }: { setting: Setting }) {
  const ours = useDescription(setting.name);
  return (
    <span {...(ours ? {} : { lang: "en" })} className="text-muted text-xs">
      {ours ?? setting.description}
    </span>
  );
}
