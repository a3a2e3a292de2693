import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { useMay } from "@/api/session";
import { Badge } from "@/ui/badge";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { Table } from "@/ui/table";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { SettingsFrame } from "./frame";
import { Variable } from "./variable";

type Feature = Schemas["Feature"];

const TONES = { on: "good", off: "neutral", share: "accent" } as const;

const WORDS = {
  response_cache: "switch.response_cache",
  compression: "switch.compression",
  conditional_requests: "switch.conditional_requests",
  search_chooser: "switch.search_chooser",
  batch_writes: "switch.batch_writes",
  recipes: "switch.recipes",
  language_model: "switch.language_model",
  browser_reuse: "switch.browser_reuse",
} as const;

export function SwitchesPage() {
  const t = useT(settings);
  return (
    <SettingsFrame title={t("switches.title")} about={t("switches.what")} needs="administrator">
      <Switches />
    </SettingsFrame>
  );
}

function Switches() {
  const t = useT(settings);
  const may = useMay("administrator");
  const features = useQuery({
    queryKey: ["features"],
    queryFn: ({ signal }) => answer(api.GET("/api/features", { signal })),
    enabled: may,
  });
  if (features.data) {
    return (
      <>
        <Table
          caption={t("switches.title")}
          rows={features.data.items}
          keyOf={(feature) => feature.name}
          columns={[
            { name: t("switches.name"), cell: (feature) => <Meaning feature={feature} /> },
            { name: t("switches.state"), cell: (feature) => <State feature={feature} /> },
            {
              name: t("settings.variable"),
              from: "md",
              cell: (feature) => <Variable name={feature.variable} />,
            },
          ]}
        />
        <p className="text-muted text-sm">{t("switches.how")}</p>
      </>
    );
  }
  if (features.error) {
    return (
      <ErrorState
        error={features.error}
        onRetry={() => void features.refetch()}
        isRetrying={features.isFetching}
      />
    );
  }
  return <SkeletonRows count={5} />;
}

function Meaning({ feature }: { feature: Feature }) {
  const t = useT(settings);
  const key = feature.name in WORDS ? WORDS[feature.name as keyof typeof WORDS] : null;
  return (
    <div className="grid gap-0.5">
      <span className="font-medium">{feature.name.replaceAll("_", " ")}</span>
      <span className="text-muted" {...(key ? {} : { lang: "en" })}>
        {key ? t(key) : feature.description}
      </span>
    </div>
  );
}

function State({ feature }: { feature: Feature }) {
  const t = useT(settings);
  return (
    <div className="grid w-28 justify-items-start gap-1.5">
      <Badge tone={TONES[feature.state]}>
        {feature.state === "share"
          ? t("switches.share", { percent: feature.share_percent })
          : t(feature.state === "on" ? "switches.on" : "switches.off")}
      </Badge>
      <div aria-hidden className="bg-sunken h-1.5 w-full overflow-hidden rounded-full">
        <div className="bg-accent h-full" style={{ width: `${feature.share_percent}%` }} />
      </div>
    </div>
  );
}
