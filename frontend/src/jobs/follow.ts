import type { Schemas } from "@/api/client";

type Job = Schemas["ScrapeJob"];

const ENDED: readonly string[] = ["completed", "failed", "cancelled"];

/**
 * Follow a job live, until it ends or the returned function is called. A connection that breaks is taken up again
 * by the browser itself.
 */
export function followJob(id: string, onNews: (job: Job, hasEnded: boolean) => void): () => void {
  const events = new EventSource(`/api/scrape-jobs/${id}/events`);
  events.addEventListener("job", (event: MessageEvent<string>) => {
    const job = JSON.parse(event.data) as Job;
    const hasEnded = ENDED.includes(job.status);
    if (hasEnded) events.close();
    onNews(job, hasEnded);
  });
  return () => events.close();
}
