import { answer, api, type Schemas } from "@/api/client";
import type { paths } from "@/api/schema";

type Asked = NonNullable<paths["/api/audit-entries"]["get"]["parameters"]["query"]>;

export type AuditEntry = Schemas["AuditEntry"];
export type AuditAction = NonNullable<Asked["action"]>;

export interface AuditFilter {
  words: string;
  action: AuditAction | null;
}

function queryOf(filter: AuditFilter): { q?: string; action?: AuditAction } {
  return { ...(filter.words && { q: filter.words }), ...(filter.action && { action: filter.action }) };
}

/** Return where the entries that are wanted come as a file. */
export function exportAddress(filter: AuditFilter): string {
  return `/api/audit-entries/export?${new URLSearchParams({ ...queryOf(filter), format: "csv" }).toString()}`;
}

/** Read a page of the audit trail; without a cursor the first. */
export function readAudit(
  filter: AuditFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schemas["AuditPage"]> {
  const query = { ...queryOf(filter), ...(cursor && { cursor }) };
  return answer(api.GET("/api/audit-entries", { params: { query }, signal }));
}
