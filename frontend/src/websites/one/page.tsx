import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Pause, Play, Radar, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { useMay } from "@/api/session";
import { Problem } from "@/api/problem";
import { useJobNews } from "@/jobs/live";
import { OnceHere, useAddressId } from "@/ui/address";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { persistently } from "@/ui/persistently";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { useBulkChange, useScrape } from "../changing";
import { logInQuery, websiteQuery } from "../queries";
import { Condition } from "./condition";
import { LogIn } from "./log-in";
import { SettingsForm } from "./settings-form";
import { Usual } from "./usual";
import { Visits } from "./visits";

const RemoveDialog = dynamic(() => persistently(() => import("./remove-dialog")), { ssr: false });

/** One website: how it is doing, what it gives, when it is visited, and everything that can be set. */
export function WebsitePage() {
  return (
    <OnceHere fallback={<SkeletonRows />}>
      <OfAddress />
    </OnceHere>
  );
}

function OfAddress() {
  const id = useAddressId();
  return id ? <Website key={id} id={id} /> : <Missing />;
}

function Missing() {
  const t = useT(websites);
  return (
    <Page title={t("nav.websites")}>
      <EmptyState
        title={t("website.missing")}
        actions={<ButtonLink href="/websites/">{t("website.to_list")}</ButtonLink>}
      >
        {t("website.missing_what")}
      </EmptyState>
    </Page>
  );
}

function Website({ id }: { id: string }) {
  const t = useT(websites);
  const { data: website, error, refetch, isFetching } = useQuery(websiteQuery(id));
  const mayEdit = useMay("editor");
  // Beside the website itself, not after it.
  useQuery({ ...logInQuery(id), enabled: mayEdit });
  const scrape = useScrape();
  const change = useBulkChange();
  const [isRemoving, setRemoving] = useState(false);
  useJobNews({ website: id });

  if (error instanceof Problem && (error.status === 404 || error.status === 422)) return <Missing />;
  if (!website) {
    return (
      <Page title={t("nav.websites")}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        ) : (
          <SkeletonRows />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={website.name}
      about={
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
          <a
            href={website.url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-w-0 items-center gap-1 break-all underline"
          >
            {website.url}
            <ExternalLink aria-hidden className="size-3.5 shrink-0" />
            <span className="sr-only"> {t("new_window")}</span>
          </a>
          {[website.category, website.region, ...website.tags].filter(Boolean).map((word) => (
            <Badge key={word}>{word}</Badge>
          ))}
        </span>
      }
      actions={
        mayEdit && (
          <>
            <Button look="primary" isBusy={scrape.isPending} onClick={() => scrape.mutate([id])}>
              <Radar aria-hidden className="size-4" />
              {t("websites.scrape")}
            </Button>
            <Button
              isBusy={change.isPending}
              onClick={() => change.mutate({ ids: [id], action: website.paused ? "resume" : "pause", tags: [] })}
            >
              {website.paused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
              {t(website.paused ? "websites.resume" : "websites.pause")}
            </Button>
            <Button look="danger" onClick={() => setRemoving(true)}>
              <Trash2 aria-hidden className="size-4" />
              {t("website.remove")}
            </Button>
          </>
        )
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          <Condition website={website} />
          <Visits website={website} />
          {mayEdit && <LogIn website={website} />}
        </div>
        <div className="grid min-w-0 gap-4">
          <Usual website={website} />
          {mayEdit && <SettingsForm website={website} />}
        </div>
      </div>
      {isRemoving && <RemoveDialog website={website} onClose={() => setRemoving(false)} />}
    </Page>
  );
}
