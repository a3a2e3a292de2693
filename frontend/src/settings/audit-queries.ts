import { watchedFetch } from "@/api/connection";
import { Problem, problemOf } from "@/api/problem";
import { hearOfRefusal } from "@/api/session";

/** One thing that somebody did. */
export interface AuditEntry {
  id: string;
  at: string;
  actor_kind: string;
  actor_name: string;
  action: string;
  thing_kind: string | null;
  thing_id: string | null;
  thing_label: string | null;
  origin: string | null;
  changes: Readonly<Record<string, unknown>>;
}

export interface AuditPage {
  items: readonly AuditEntry[];
  next: string | null;
}

const ADDRESS = "/api/audit-entries";

export interface AuditFilter {
  words: string;
  action: string;
}

export function auditQuery(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.words) query.set("q", filter.words);
  if (filter.action) query.set("action", filter.action);
  return query;
}

export function exportAddress(filter: AuditFilter): string {
  const query = auditQuery(filter);
  query.set("format", "csv");
  return `${ADDRESS}/export?${query.toString()}`;
}

/** Read a page of the audit trail; null: this version keeps none. */
export async function readAudit(
  filter: AuditFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<AuditPage | null> {
  const query = auditQuery(filter);
  if (cursor) query.set("cursor", cursor);
  let response: Response;
  try {
    response = await watchedFetch(new Request(`${ADDRESS}?${query.toString()}`, { signal }));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "");
  }
  if (response.status === 404) return null;
  if (response.status === 401) hearOfRefusal();
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response, body);
  return body as AuditPage;
}
