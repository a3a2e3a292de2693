import { EyeOff, Star } from "lucide-react";

import { classes } from "@/ui/classes";
import { IconButton } from "@/ui/button";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import type { Mark } from "./marks";

interface Props {
  title: string;
  mark: Mark | null;
  onMark: (mark: Mark | null) => void;
  className?: string;
}

/** Star a call for later, or ignore it as not for us; a second press takes that back. */
export function MarkButtons({ title, mark, onMark, className }: Props) {
  const t = useT(opportunities);
  return (
    <span className={classes("flex shrink-0", className)}>
      <IconButton
        label={t("triage.star", { title })}
        aria-pressed={mark === "starred"}
        onClick={() => onMark(mark === "starred" ? null : "starred")}
      >
        <Star aria-hidden className={classes("size-4", mark === "starred" && "text-accent fill-current")} />
      </IconButton>
      <IconButton
        label={t("triage.ignore", { title })}
        aria-pressed={mark === "ignored"}
        onClick={() => onMark(mark === "ignored" ? null : "ignored")}
      >
        <EyeOff aria-hidden className={classes("size-4", mark === "ignored" && "text-accent")} />
      </IconButton>
    </span>
  );
}
