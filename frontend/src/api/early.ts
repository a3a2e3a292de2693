/**
 * What a page asks for first is asked for by the page itself, before its scripts are there; they find the answers
 * under way, as they do what was asked for ahead. A test holds this list to what pages do ask for.
 */

interface Early {
  /** When it was asked for, in milliseconds of this page. */
  at: number;
  answer: Promise<Response>;
}

declare global {
  interface Window {
    /** By path and query; who takes an answer removes it. */
    hoistEarly?: Record<string, Early>;
  }
}

const SESSION = "/api/session";
/** Where nobody asks who is here. */
const WITHOUT_SESSION = ["/invitation", "/new-password", "/forgotten-password"];
/** By the route of a page. `{id}` is the id of its address; without it they are what a page shows without a query. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  "/": ["/api/opportunities?limit=30", "/api/opportunities/facets?sort=deadline", "/api/saved-views"],
  "/opportunity": ["/api/opportunities/{id}", "/api/opportunities/{id}/similar?limit=5", "/api/triage?id={id}"],
  "/marked": ["/api/triage/opportunities?state=starred&limit=50"],
  "/websites": ["/api/websites?sort=worst_health&limit=50", "/api/websites/facets"],
  "/website": [
    "/api/websites/{id}",
    "/api/websites/activity?id={id}",
    "/api/websites/{id}/usual",
    "/api/scrape-jobs?website={id}&limit=50",
  ],
  "/jobs": ["/api/scrape-jobs?limit=50"],
  "/job": ["/api/scrape-jobs/{id}", "/api/scrape-jobs/{id}/log?after=0&limit=500"],
  "/dashboard": [
    "/api/stats?days=182",
    "/api/opportunities?posted_within_days=7&sort=newest&limit=10",
    "/api/system",
    "/api/health/ready",
    "/api/scrape-jobs?limit=10",
  ],
  "/settings/about": ["/api/system"],
};
/** The same, not asked for by whom the server would refuse it. */
const OF_ADMINISTRATORS: Readonly<Record<string, readonly string[]>> = {
  "/settings": ["/api/settings"],
  "/settings/switches": ["/api/features"],
  "/settings/users": ["/api/users"],
  "/settings/audit": ["/api/audit-entries"],
};
/** As long as the answers that a page keeps. */
const FRESH_MILLISECONDS = 30_000;

/** Return the script that asks, to stand in the head of the page of a route. */
export function earlyScript(route: string): string {
  const paths = JSON.stringify([...(FIRST[route] ?? []), ...(OF_ADMINISTRATORS[route] ?? [])]);
  return `(function(w){
var e=w.hoistEarly={},q=location.search,i=(/^\\?id=([0-9a-f-]{36})$/.exec(q)||[])[1],r="";
try{r=localStorage["hoist.role"]||r}catch(x){}
function ask(p){var a=fetch(p);a.catch(function(){});e[p]={at:performance.now(),answer:a}}
${WITHOUT_SESSION.includes(route) ? "" : `ask("${SESSION}");`}
if(${route in OF_ADMINISTRATORS ? '!r||r==="administrator"' : "true"})${paths}.forEach(function(p){
if(p.indexOf("{id}")<0?!q:i)ask(p.split("{id}").join(i))})
})(window)`;
}

/** Ask for what will be wanted in a moment, in place of sending it for an answer: `api.GET(…, { fetch: askAhead })`. */
export function askAhead(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const asked = (window.hoistEarly ??= {});
  if (!(pathname + search in asked)) {
    const answer = fetch(request);
    // Who wants it hears what went wrong.
    answer.catch(() => undefined);
    asked[pathname + search] = { at: performance.now(), answer };
  }
  return Promise.resolve(new Response(null, { status: 204 }));
}

/** Return what was asked for already, once; what was is of no use any more once something is changed. */
export function takeEarly(request: Request): Early | null {
  const begun = window.hoistEarly;
  if (!begun) return null;
  if (request.method !== "GET") {
    delete window.hoistEarly;
    return null;
  }
  const { pathname, search } = new URL(request.url);
  const early = begun[pathname + search];
  if (!early) return null;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete begun[pathname + search];
  return performance.now() - early.at < FRESH_MILLISECONDS ? early : null;
}
