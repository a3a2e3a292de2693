import type { Schemas } from "@/api/client";

export type Job = Schemas["ScrapeJob"];
export type Status = Job["status"];
export type Trigger = Job["trigger"];

export const STATUSES: readonly Status[] = ["running", "pending", "failed", "completed", "cancelled"];
export const TRIGGERS: readonly Trigger[] = ["person", "timetable"];

/** Which jobs are wanted, under the API's own names; the address of the list says the same. */
export interface Asked {
  status?: Status[];
  trigger?: Trigger;
  website?: string;
}

/** Read it from the query of an address. What cannot be meant is left out rather than refused. */
export function readAsked(parameters: URLSearchParams): Asked {
  const asked: Asked = {};
  const given = parameters.getAll("status");
  const statuses = STATUSES.filter((status) => given.includes(status));
  if (statuses.length > 0) asked.status = statuses;
  const trigger = TRIGGERS.find((each) => each === parameters.get("trigger"));
  if (trigger) asked.trigger = trigger;
  const website = parameters.get("website");
  if (website && /^[0-9a-f-]{36}$/i.test(website)) asked.website = website;
  return asked;
}

/** Whether a job is among those that are wanted. */
export function isWanted(job: Job, asked: Asked): boolean {
  return (
    (!asked.status || asked.status.includes(job.status)) &&
    (!asked.trigger || asked.trigger === job.trigger) &&
    (!asked.website || asked.website === job.website_id)
  );
}

/** Whether nothing more will come of it by itself. */
export function hasEnded(job: { status: Status }): boolean {
  return job.status !== "pending" && job.status !== "running";
}
