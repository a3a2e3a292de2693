import { Table } from "@/ui/table";
import { DateText } from "@/ui/values";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { useActionName } from "./audit-actions";
import type { AuditEntry } from "./audit-queries";

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useT(settings);
  const nameOf = useActionName();
  return (
    <Table
      caption={t("audit.title")}
      rows={entries}
      keyOf={(entry) => entry.id}
      columns={[
        { name: t("audit.when"), from: "md", cell: (entry) => <DateText at={entry.at} isRelative={false} /> },
        {
          name: t("audit.who"),
          cell: (entry) => (
            <div className="grid gap-0.5">
              <span>{entry.actor_name}</span>
              <span className="text-muted text-xs md:hidden">
                <DateText at={entry.at} isRelative={false} />
              </span>
              {entry.origin && <span className="text-muted numbers text-xs">{entry.origin}</span>}
            </div>
          ),
        },
        {
          name: t("audit.did"),
          cell: (entry) => (
            <div className="grid gap-0.5">
              <span className="font-medium">{nameOf(entry.action)}</span>
              {(entry.thing_label ?? entry.thing_id) && (
                <span className="text-muted text-xs break-all">{entry.thing_label ?? entry.thing_id}</span>
              )}
            </div>
          ),
        },
        { name: t("audit.changes"), from: "md", cell: (entry) => <Changes changes={entry.changes} /> },
      ]}
    />
  );
}

/** What was another before, and what it is now; all else as it was asked for. */
function Changes({ changes }: { changes: AuditEntry["changes"] }) {
  const t = useT(settings);
  const names = Object.keys(changes);
  if (names.length === 0) return null;
  return (
    <dl className="grid gap-0.5 text-xs">
      {names.map((name) => (
        <div key={name} className="flex flex-wrap gap-x-1.5">
          <dt className="text-muted">{name.replaceAll("_", " ")}</dt>
          <dd className="break-all">{told(changes[name], t("settings.nothing"))}</dd>
        </div>
      ))}
    </dl>
  );
}

function told(value: unknown, nothing: string): string {
  if (typeof value === "object" && value !== null && "from" in value && "to" in value) {
    return `${plain(value.from, nothing)} → ${plain(value.to, nothing)}`;
  }
  return plain(value, nothing);
}

function plain(value: unknown, nothing: string): string {
  if (value === null || value === undefined) return nothing;
  if (Array.isArray(value)) return value.map((each: unknown) => plain(each, nothing)).join(", ") || nothing;
  return typeof value === "string" ? value : JSON.stringify(value);
}
