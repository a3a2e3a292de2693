import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import type { Schemas } from "@/api/client";
import { Dialog } from "@/ui/dialog";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { DateText } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import { hostOf } from "../hosts";
import { savedPageQuery } from "../queries";

interface Props {
  id: string;
  field: string;
  onClose: () => void;
}

/** The text of the page that a value was read from, as it was kept, with the quote marked in it. */
export default function SavedPage({ id, field, onClose }: Props) {
  const t = useT(opportunity);
  const { data, error, refetch, isFetching } = useQuery(savedPageQuery(id, field));
  return (
    <Dialog isOpen isWide onClose={onClose} title={t("saved_page.title")} {...(data && { description: hostOf(data.url) })}>
      {data ? (
        <Kept page={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      ) : (
        <SkeletonRows count={4} />
      )}
    </Dialog>
  );
}

function Kept({ page }: { page: Schemas["SavedPage"] }) {
  const t = useT(opportunity);
  const isLost = page.is_kept && page.marks.length === 0;
  return (
    <div className="grid gap-3 text-sm">
      {page.fetched_at && (
        <p className="text-muted text-xs">
          {t("saved_page.read")} <DateText at={page.fetched_at} isRelative={false} />
        </p>
      )}
      {(!page.is_kept || isLost) && (
        <div role="status" className="bg-warn-soft text-warn grid gap-1 rounded-md px-3 py-2">
          <p>{t(page.is_kept ? "saved_page.changed" : "saved_page.gone")}</p>
          <blockquote className="whitespace-pre-line">“{page.quote}”</blockquote>
        </div>
      )}
      {page.is_in_data && <p className="text-muted">{t("saved_page.in_data")}</p>}
      {page.left_out_before > 0 && (
        <p className="text-muted text-xs">{t("saved_page.left_out", { count: page.left_out_before })}</p>
      )}
      {page.blocks.length > 0 && (
        // Who has no mouse scrolls it by the keys.
        <div role="region" aria-label={t("saved_page.text")} tabIndex={0} className="grid max-w-prose gap-1.5">
          {page.blocks.map((block, index) => (
            <Block key={index} text={block} marks={page.marks.filter((mark) => mark.block === index)} />
          ))}
        </div>
      )}
      {page.left_out_after > 0 && (
        <p className="text-muted text-xs">{t("saved_page.left_out", { count: page.left_out_after })}</p>
      )}
    </div>
  );
}

function Block({ text, marks }: { text: string; marks: Schemas["SavedPage"]["marks"] }) {
  const show = useCallback((element: HTMLElement | null) => element?.scrollIntoView({ block: "center" }), []);
  const [mark] = marks;
  if (!mark) return <p className="break-words">{text}</p>;
  // The server counts characters, not units of UTF-16.
  const letters = Array.from(text);
  return (
    <p className="break-words">
      {letters.slice(0, mark.start).join("")}
      <mark ref={show} className="box-decoration-clone px-0.5 font-medium">
        {letters.slice(mark.start, mark.end).join("")}
      </mark>
      {letters.slice(mark.end).join("")}
    </p>
  );
}
