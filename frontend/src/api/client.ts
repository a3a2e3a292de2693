import createClient, { type Middleware } from "openapi-fetch";

import { watchedFetch } from "./connection";
import { Problem, problemOf } from "./problem";
import type { components, paths } from "./schema";
import { csrfToken, hearOfRefusal } from "./session";

export type Schemas = components["schemas"];

const guarded: Middleware = {
  async onRequest({ request }) {
    if (request.method !== "GET" && request.method !== "HEAD") {
      const token = await csrfToken();
      if (token !== null) request.headers.set("X-CSRF-Token", token);
    }
    return request;
  },
  onResponse({ request, response }) {
    // Whoever signs in with a wrong password is told so where it was typed.
    const isSigningIn = request.method === "POST" && new URL(request.url).pathname === "/api/session";
    if (response.status === 401 && !isSigningIn) hearOfRefusal();
  },
};

/** Every operation of the API, typed by its own description: `api.GET("/api/stats", { signal })`. */
export const api = createClient<paths>({ fetch: watchedFetch });
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
