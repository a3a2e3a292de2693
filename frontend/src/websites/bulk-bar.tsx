import { Radar, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { Button, IconButton } from "@/ui/button";
import { Menu } from "@/ui/menu";
import { persistently } from "@/ui/persistently";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { useBulkChange, useScrape } from "./changing";

const TagDialog = dynamic(() => persistently(() => import("./tag-dialog")), { ssr: false });

/** What can be done with all the websites that were chosen. */
export function BulkBar({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  const t = useT(websites);
  const scrape = useScrape(onClear);
  const change = useBulkChange(onClear);
  const [tagging, setTagging] = useState<"tag" | "untag" | null>(null);
  const act = (action: "activate" | "deactivate" | "pause" | "resume") =>
    change.mutate({ ids: [...ids], action, tags: [] });
  return (
    <section
      aria-label={t("websites.bulk")}
      className="bg-raised border-line shadow-raised sticky bottom-18 z-20 flex flex-wrap items-center gap-2 rounded-lg border px-3 py-2 md:bottom-4"
    >
      <p role="status" className="min-w-24 flex-1 text-sm font-medium">
        {t("websites.chosen", { count: ids.length })}
      </p>
      <Button look="primary" isBusy={scrape.isPending} onClick={() => scrape.mutate(ids)}>
        <Radar aria-hidden className="size-4" />
        {t("websites.scrape")}
      </Button>
      <Button isBusy={change.isPending} onClick={() => setTagging("tag")}>
        {t("websites.tag")}
      </Button>
      <Menu
        label={t("websites.more")}
        items={[
          { name: t("websites.pause"), onChoose: () => act("pause") },
          { name: t("websites.resume"), onChoose: () => act("resume") },
          { name: t("websites.activate"), onChoose: () => act("activate") },
          { name: t("websites.deactivate"), onChoose: () => act("deactivate") },
          { name: t("websites.untag"), onChoose: () => setTagging("untag") },
        ]}
      />
      <IconButton label={t("websites.choose_none")} onClick={onClear}>
        <X aria-hidden className="size-4" />
      </IconButton>
      {tagging && (
        <TagDialog
          action={tagging}
          count={ids.length}
          isBusy={change.isPending}
          onTag={(tags) => change.mutate({ ids: [...ids], action: tagging, tags })}
          onClose={() => setTagging(null)}
        />
      )}
    </section>
  );
}
