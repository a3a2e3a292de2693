import { queryOptions, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { remembered } from "@/ui/remembered";

import { watchedFetch } from "./connection";
import { Problem, problemOf } from "./problem";
import type { components } from "./schema";

export type Role = components["schemas"]["Role"];
/** Who uses this browser. `local`: whoever sits at the machine, where nobody needs to sign in. */
export type Session = components["schemas"]["Session"];

/** What each may do, those before it may, too. */
export const ROLES: readonly Role[] = ["viewer", "editor", "administrator"];

/** The role of who was signed in when this browser heard of it last; what stands in a page itself reads it, too. */
const lastRole = remembered<Role>("hoist.role", (text) => (ROLES as readonly string[]).includes(text));

let known: Session | null = null;
/** Who was the last to be signed in on this page. */
let last: Session["user"] = null;
/** Who was signed in when the session ended under way. */
let ended: Session["user"] = null;
const listeners = new Set<() => void>();

/** Take note of who is here; where a session had ended, all goes on. */
export function takeNote(session: Session): Session {
  known = session;
  lastRole.set(session.user?.role ?? null);
  const before = ended;
  if (session.user) last = session.user;
  ended = session.actor === "anonymous" ? last : null;
  if (ended !== before) listeners.forEach((listener) => listener());
  return session;
}

async function readSession(): Promise<Session> {
  let response: Response;
  try {
    response = await watchedFetch(new Request("/api/session"));
  } catch {
    throw new Problem(0, "");
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response, body);
  const session = takeNote(body as Session);
  // Until somebody signs in again, the page stays as it was for who was here.
  return ended ? { ...session, actor: "user", user: ended } : session;
}

export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: readSession, staleTime: 60_000 });

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Return the role of who is here; null: none, or it is not known yet. Who sits at the machine may do everything. */
export function roleOf(session: Session | undefined): Role | null {
  return session?.user?.role ?? (session?.actor === "local" ? "administrator" : null);
}

/** Whether who is here may do what a role is needed for. The server judges; this is for what is shown. */
export function useMay(needed: Role): boolean {
  const role = roleOf(useSession());
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Return what requests that change something carry; null: none is needed. */
export async function csrfToken(): Promise<string | null> {
  return (known ?? (await readSession())).csrf_token;
}

/** Ask anew who is here before the next change; what proves it may be another. */
export function renewSession(): void {
  known = null;
}

/** Whoever was here has signed out. */
export function forgetSession(): void {
  known = null;
  last = null;
  lastRole.set(null);
}

/** Return who was signed in when the session ended while the page was open; null: it has not. */
export function useEndedSession(): Session["user"] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
    () => null,
  );
}

/**
 * The server does not know who asks. Whoever was signed in is asked over the page to do it again, so that
 * nothing that was typed is lost; everybody else is led to the sign-in page, and from there back.
 */
export function hearOfRefusal(): void {
  known = null;
  if (last === null) {
    leaveForSignIn();
  } else if (ended !== last) {
    ended = last;
    listeners.forEach((listener) => listener());
  }
}

const FOR_STRANGERS = ["/sign-in/", "/set-up/", "/invitation/", "/forgotten-password/", "/new-password/"];

/** Whether a page is for those who have not signed in, too. */
export function isForStrangers(path: string): boolean {
  return FOR_STRANGERS.some((page) => path.startsWith(page));
}

/** Lead to the sign-in page, and from there back to where one is. */
export function leaveForSignIn(): void {
  known = null;
  const { pathname, search } = window.location;
  if (isForStrangers(pathname)) return;
  window.location.assign(`/sign-in/?next=${encodeURIComponent(pathname + search)}`);
}

/** Return where to go after signing in: a page of ours, whatever an address says. */
export function pageAfterSignIn(next: string | null): string {
  if (!next) return "/";
  try {
    const address = new URL(next, window.location.origin);
    return address.origin === window.location.origin && !isForStrangers(address.pathname)
      ? address.pathname + address.search
      : "/";
  } catch {
    return "/";
  }
}
