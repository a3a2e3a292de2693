import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { answer, api } from "@/api/client";
import { Card } from "@/ui/card";
import { ErrorState, Skeleton } from "@/ui/states";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { SettingsFrame } from "./frame";

const LINKS = [
  { href: "/api/docs", name: "about.api", what: "about.api_what" },
  { href: "/api/openapi.json", name: "about.openapi", what: "about.openapi_what" },
  { href: "/metrics", name: "about.metrics", what: "about.metrics_what" },
] as const;

export function AboutPage() {
  const t = useT(settings);
  const system = useQuery({
    queryKey: ["system"],
    queryFn: ({ signal }) => answer(api.GET("/api/system", { signal })),
  });
  return (
    <SettingsFrame title={t("about.title")} about={t("about.what")}>
      <Card title="HoistScraper">
        <dl className="grid gap-2 px-4 pb-4 text-sm">
          <Fact name={t("about.version")}>
            {system.data?.version ?? (system.error ? t("unknown") : <Skeleton className="h-4 w-16" />)}
          </Fact>
          <Fact name={t("about.licence")}>{t("about.licence_name")}</Fact>
          <Fact name={t("about.program")}>
            <code className="text-xs">hoistscraper --help</code>
          </Fact>
        </dl>
      </Card>
      {system.error && (
        <ErrorState
          error={system.error}
          onRetry={() => void system.refetch()}
          isRetrying={system.isFetching}
        />
      )}
      <Card title={t("about.for_programs")}>
        <ul className="grid gap-2 px-4 pb-4 text-sm">
          {LINKS.map((link) => (
            <li key={link.href} className="grid gap-0.5">
              <a href={link.href} className="text-accent w-fit font-medium underline underline-offset-2">
                {t(link.name)}
              </a>
              <span className="text-muted">{t(link.what)}</span>
            </li>
          ))}
        </ul>
      </Card>
    </SettingsFrame>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
