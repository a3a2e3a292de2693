import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, Eye } from "lucide-react";
import { useRouter } from "next/router";
import { useRef, useState } from "react";

import { answer, api } from "@/api/client";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Checkbox, Input } from "@/ui/field";
import { sentenceOf, SkeletonRows } from "@/ui/states";
import { Told } from "@/ui/told";
import { tell } from "@/ui/toast";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { ScheduleField } from "../schedule-field";
import { tagsOf } from "../tags";
import { PreviewView } from "./preview";

const EMPTY = { url: "", name: "", category: "", tags: "", schedule: "daily at 07:00", isScraped: true };

/** Add a website: its address is looked at first, so that one sees what would be read. */
export default function AddDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useT(websites);
  const router = useRouter();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(EMPTY);
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const running = useRef<AbortController>(undefined);
  const url = typed.url.trim();
  const give = (part: Partial<typeof EMPTY>) => setTyped({ ...typed, ...part });

  const look = useMutation({
    mutationFn: (address: string) => {
      running.current?.abort();
      running.current = new AbortController();
      const { signal } = running.current;
      return answer(api.POST("/api/websites/preview", { body: { url: address }, signal }));
    },
    onMutate: (address) => setLookedAt(address),
  });
  const add = useMutation({
    mutationFn: async () => {
      const website = await answer(
        api.POST("/api/websites", {
          body: {
            url,
            name: typed.name.trim() || null,
            category: typed.category.trim() || null,
            tags: tagsOf(typed.tags),
            schedule: typed.schedule.trim() || null,
            active: true,
            render: "auto",
          },
        }),
      );
      if (typed.isScraped) {
        // It is watched already; a queue that cannot be reached must not look as if it were not.
        await answer(
          api.POST("/api/websites/{website_id}/scrape", { params: { path: { website_id: website.id } } }),
        ).catch((error: unknown) => tell(sentenceOf(error, t), "failed"));
      }
      return website;
    },
    onSuccess: (website) => {
      tell(t("adding.done", { name: website.name }));
      setTyped(EMPTY);
      setLookedAt(null);
      look.reset();
      onClose();
      void queries.invalidateQueries({ queryKey: ["websites"] });
      void queries.invalidateQueries({ queryKey: ["jobs"] });
      void router.push(`/website/?id=${website.id}`);
    },
  });
  const isCurrent = lookedAt === url && url !== "";

  return (
    <Dialog
      isWide
      isOpen={isOpen}
      onClose={onClose}
      title={t("adding.title")}
      description={t("adding.what")}
      actions={
        isCurrent && !look.isPending ? (
          <>
            {add.error && (
              <p role="alert" className="text-bad min-w-52 flex-1 self-center text-sm">
                <Told>{sentenceOf(add.error, t)}</Told>
              </p>
            )}
            <Button look="primary" type="submit" form="add-website" isBusy={add.isPending}>
              {look.data?.error === null ? t("adding.watch") : t("adding.watch_all_the_same")}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="grid gap-4">
        <form
          className="flex flex-wrap items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (url) look.mutate(url);
          }}
        >
          <div className="min-w-56 flex-1">
            <Input
              label={t("adding.address")}
              isLabelHidden
              type="text"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              required
              placeholder="https://example.org/grants"
              value={typed.url}
              error={look.error && isCurrent ? sentenceOf(look.error, t) : undefined}
              onChange={(event) => give({ url: event.target.value })}
            />
          </div>
          <Button look={isCurrent ? "plain" : "primary"} type="submit" isBusy={look.isPending} disabled={!url}>
            <Eye aria-hidden className="size-4" />
            {t(look.isPending ? "adding.looking" : "adding.look")}
          </Button>
        </form>
        {look.isPending && (
          <div className="grid gap-2">
            <p role="status" className="text-muted text-sm">
              {t("adding.wait")}
            </p>
            <SkeletonRows count={4} className="h-9" />
          </div>
        )}
        {look.data && isCurrent && <PreviewView preview={look.data} />}
        {look.error && isCurrent && (
          <p className="text-muted flex items-start gap-2 text-sm">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t("adding.failed_what")}
          </p>
        )}
        {isCurrent && !look.isPending && (
          <form
            id="add-website"
            className="border-line grid gap-3 border-t pt-3 sm:grid-cols-2"
            onSubmit={(event) => {
              event.preventDefault();
              add.mutate();
            }}
          >
            <Input
              label={t("website.name")}
              hint={t("website.name_hint")}
              value={typed.name}
              maxLength={300}
              onChange={(event) => give({ name: event.target.value })}
            />
            <Input
              label={t("website.category")}
              value={typed.category}
              maxLength={100}
              onChange={(event) => give({ category: event.target.value })}
            />
            <Input
              label={t("website.tags")}
              hint={t("website.tags_hint")}
              value={typed.tags}
              onChange={(event) => give({ tags: event.target.value })}
            />
            <ScheduleField value={typed.schedule} onChange={(schedule) => give({ schedule })} />
            <Checkbox
              label={t("adding.at_once")}
              checked={typed.isScraped}
              onChange={(event) => give({ isScraped: event.target.checked })}
            />
          </form>
        )}
      </div>
    </Dialog>
  );
}
