import createClient, { type Middleware } from "openapi-fetch";

import { watchedFetch } from "./connection";
import { Problem, problemOf } from "./problem";
import type { components, paths } from "./schema";
import { csrfToken, hearOfRefusal } from "./session";

export type Schemas = components["schemas"];

const guarded: Middleware = {
  onResponse({ request, response }) {
    // Whoever signs in with a wrong password is told so where it was typed.
    const isSigningIn = request.method === "POST" && new URL(request.url).pathname === "/api/session";
    if (response.status === 401 && !isSigningIn) hearOfRefusal();
  },
};

/** What only asks is on its way when this returns, before anything is drawn that waits for it. */
function send(request: Request): Promise<Response> {
  return request.method === "GET" ? watchedFetch(request) : sendChange(request);
}

async function sendChange(request: Request): Promise<Response> {
  const token = await csrfToken();
  if (token !== null) request.headers.set("X-CSRF-Token", token);
  return watchedFetch(request);
}

/** Every operation of the API, typed by its own description: `api.GET("/api/stats", { signal })`. */
export const api = createClient<paths>({ fetch: send });
api.use(guarded);

interface Asked<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return what an operation answers, or throw the {@link Problem} that came instead. */
export async function answer<T>(asked: Promise<Asked<T>>): Promise<T> {
  let told: Asked<T>;
  try {
    told = await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "");
  }
  if (!told.response.ok) throw problemOf(told.response, told.error);
  return told.data as T;
}
