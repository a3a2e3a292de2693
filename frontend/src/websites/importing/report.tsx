import { useState } from "react";

import type { Schemas } from "@/api/client";
import { Badge, type Tone } from "@/ui/badge";
import { classes } from "@/ui/classes";
import { Told } from "@/ui/told";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

type Report = Schemas["ImportReport"];
type Outcome = Report["rows"][number]["outcome"];

const OUTCOMES: readonly Outcome[] = ["added", "known", "repeated", "bad"];
const TONES: Record<Outcome, Tone> = { added: "good", known: "neutral", repeated: "warn", bad: "bad" };

/** What becomes of each row of a file. Those that are wrong are shown first, for they want something done. */
export function ReportView({ report }: { report: Report }) {
  const t = useT(websites);
  const [chosen, setChosen] = useState<Outcome | null>(report.bad > 0 ? "bad" : null);
  const rows = chosen ? report.rows.filter((row) => row.outcome === chosen) : report.rows;
  const total = report.added + report.known + report.repeated + report.bad;
  const told = chosen ? report[chosen] : total;
  return (
    <div className="grid gap-3">
      <p role="status" className="text-sm font-medium">
        {report.is_dry_run
          ? t("importing.would", { count: report.added })
          : t("importing.was", { count: report.added })}
      </p>
      <div role="group" aria-label={t("importing.filter")} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {OUTCOMES.map((outcome) => (
          <button
            key={outcome}
            type="button"
            aria-pressed={chosen === outcome}
            onClick={() => setChosen(chosen === outcome ? null : outcome)}
            className={classes(
              "card hover:bg-hover flex items-baseline gap-2 px-3 py-2 text-left",
              chosen === outcome && "border-accent bg-accent-soft",
            )}
          >
            <span className="numbers text-lg font-semibold">{report[outcome]}</span>
            <span className="text-muted text-sm">{t(`outcome.${outcome}`)}</span>
          </button>
        ))}
      </div>
      {rows.length > 0 && (
        // What scrolls must be reachable by keyboard.
        <div role="region" aria-label={t("importing.rows")} tabIndex={0} className="card max-h-80 overflow-y-auto">
          <table className="w-full text-sm">
            <thead className="bg-surface sticky top-0">
              <tr className="text-muted text-left text-xs">
                <th scope="col" className="w-14 px-3 py-1.5 font-medium">
                  {t("importing.row")}
                </th>
                <th scope="col" className="w-24 px-3 py-1.5 font-medium">
                  {t("importing.outcome")}
                </th>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  {t("importing.about")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.number} className="border-line border-t align-top">
                  <td className="numbers px-3 py-1.5">{row.number}</td>
                  <td className="px-3 py-1.5">
                    <Badge tone={TONES[row.outcome]}>{t(`outcome.${row.outcome}`)}</Badge>
                  </td>
                  <td className="px-3 py-1.5 break-all">{row.reason ? <Told>{row.reason}</Told> : row.url}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length < told && (
        <p className="text-muted text-xs">{t("importing.not_shown", { count: told - rows.length })}</p>
      )}
    </div>
  );
}
