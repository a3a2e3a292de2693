import type { components } from "./schema";

type Document = components["schemas"]["Problem"];

/** What went wrong with a request, as the server's problem document says it; status 0: no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly causes: readonly { location: string; message: string }[];
  readonly instance: string | null;

  constructor(status: number, detail: string, document?: Partial<Document>) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.causes = document?.causes ?? [];
    this.instance = document?.instance ?? null;
  }

  /** Whether the same request may go well later. */
  get mayHeal(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Return what the server says of a failure. `body` may be anything: proxies answer in their own ways. */
export function problemOf(response: Response, body: unknown): Problem {
  const document = (typeof body === "object" && body !== null ? body : {}) as Partial<Document>;
  return new Problem(response.status, document.detail ?? response.statusText, document);
}
