import { queryOptions, useQuery } from "@tanstack/react-query";

import { watchedFetch } from "./connection";
import { Problem, problemOf } from "./problem";
import type { components } from "./schema";

/** Who uses this browser. `local`: whoever sits at the machine, where nobody needs to sign in. */
export type Session = components["schemas"]["Session"];

let known: Session | null = null;

async function readSession(): Promise<Session> {
  let response: Response;
  try {
    response = await watchedFetch(new Request("/api/session"));
  } catch {
    throw new Problem(0, "");
  }
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  known = (await response.json()) as Session;
  return known;
}

export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: readSession, staleTime: 60_000 });

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Return what requests that change something carry; null: none is needed. */
export async function csrfToken(): Promise<string | null> {
  return (known ?? (await readSession())).csrf_token;
}

/** Forget who was signed in, so that the next request asks anew. */
export function forgetSession(): void {
  known = null;
}

/** Lead to the sign-in page, and from there back to where one is. */
export function leaveForSignIn(): void {
  forgetSession();
  const { pathname, search } = window.location;
  if (pathname.startsWith("/sign-in")) return;
  window.location.assign(`/sign-in/?next=${encodeURIComponent(pathname + search)}`);
}
