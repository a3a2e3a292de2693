import { ArrowDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Checkbox } from "@/ui/field";
import { dateFormat } from "@/ui/formats";
import { Told } from "@/ui/told";
import { jobs } from "@/words/en/jobs";
import { useLocale, useT } from "@/words/provider";

import { LiveMark } from "../live-mark";
import type { Line } from "./following";

interface Props {
  lines: readonly Line[];
  goesOn: boolean;
  isHeard: boolean;
  hasMore: boolean;
  isFetching: boolean;
  onMore: () => void;
}

const NEAR_END_PIXELS = 40;

/** The log of a job. While it goes on it stays at its newest line, unless one has scrolled up to read. */
export function Log({ lines, goesOn, isHeard, hasMore, isFetching, onMore }: Props) {
  const t = useT(jobs);
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [isProblemsOnly, setProblemsOnly] = useState(false);
  const problems = lines.filter((line) => line.is_problem).length;
  const shown = isProblemsOnly ? lines.filter((line) => line.is_problem) : lines;
  const times = dateFormat(locale, { timeStyle: "medium" });

  useEffect(() => {
    if (goesOn && isAtEnd) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [goesOn, isAtEnd, shown.length]);

  return (
    <section aria-labelledby="log" className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id="log" className="text-sm font-semibold">
          {t("job.log")}
        </h2>
        {goesOn && <LiveMark isHeard={isHeard} />}
        <p className="text-muted numbers flex-1 text-xs">{t("job.log_lines", { count: lines.length })}</p>
        {problems > 0 && (
          <Checkbox
            label={t("job.log_problems", { count: problems })}
            checked={isProblemsOnly}
            onChange={(event) => setProblemsOnly(event.target.checked)}
          />
        )}
      </div>
      <div className="relative">
        <div
          ref={box}
          role="log"
          aria-labelledby="log"
          aria-live={goesOn ? "polite" : "off"}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          onScroll={({ currentTarget: at }) =>
            setAtEnd(at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END_PIXELS)
          }
          className="card max-h-[36rem] overflow-y-auto py-2"
        >
          {shown.length === 0 && <p className="text-muted px-4 py-2 text-sm">{t("job.log_empty")}</p>}
          <ol>
            {shown.map((line) => (
              <li
                key={line.number}
                className={classes(
                  "grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-4 py-0.5 text-sm [content-visibility:auto] [contain-intrinsic-size:auto_1.5rem]",
                  line.is_problem && "bg-warn-soft",
                )}
              >
                <time dateTime={line.at} className="text-muted numbers pt-px font-mono text-xs">
                  {times.format(new Date(line.at))}
                </time>
                <div className="min-w-0">
                  {line.is_problem && <span className="sr-only">{t("job.log_problem")} </span>}
                  <Told className={line.is_problem ? "text-warn" : undefined}>{line.text}</Told>
                  {line.url && (
                    <a
                      href={line.url}
                      target="_blank"
                      rel="noreferrer"
                      className={classes(
                        "block truncate text-xs hover:underline",
                        line.is_problem ? "text-warn" : "text-muted",
                      )}
                    >
                      {line.url}
                    </a>
                  )}
                </div>
              </li>
            ))}
          </ol>
          {hasMore && !goesOn && (
            <div className="px-4 py-2">
              <Button isSmall onClick={onMore} isBusy={isFetching}>
                {t("list.more")}
              </Button>
            </div>
          )}
        </div>
        {goesOn && !isAtEnd && (
          <Button isSmall className="shadow-raised absolute right-4 bottom-3" onClick={() => setAtEnd(true)}>
            <ArrowDown aria-hidden className="size-3.5" />
            {t("job.log_newest")}
          </Button>
        )}
      </div>
    </section>
  );
}
