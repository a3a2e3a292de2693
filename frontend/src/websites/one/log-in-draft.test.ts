import { describe, expect, it } from "vitest";

import { askedBy, bodyOf, draftOf, namesOf } from "./log-in-draft";

const NONE = draftOf({
  kind: null,
  settings: null,
  changed_at: null,
  last_used_at: null,
  last_verified_at: null,
  failures: 0,
  is_given_up: false,
  failed_reason: null,
});

describe("a log-in that is typed", () => {
  it("begins as a form with nothing in it", () => {
    expect(NONE.kind).toBe("form");
    expect([NONE.url, NONE.user, NONE.password]).toEqual(["", "", ""]);
  });

  it("asks for each text that no step has", () => {
    const draft = { ...NONE, kind: "recorded" as const, steps: "fill #a (asked)\nclick #b\nfill #c (asked)", secrets: ["x"] };
    expect(askedBy(draft)).toEqual(["fill #a (asked)", "fill #c (asked)"]);
    expect(bodyOf(draft)).toMatchObject({ secrets: ["x", ""] });
  });

  it("names further fields once", () => {
    const draft = { ...NONE, moreNames: " pin, pin ,,club", more: { pin: "1", gone: "2" } };
    expect(namesOf(draft)).toEqual(["pin", "club"]);
    expect(bodyOf(draft)).toMatchObject({ more: { pin: "1", club: "" }, user_field: null });
  });

  it("sends nothing of another kind", () => {
    const draft = { ...NONE, kind: "basic" as const, user: "a", password: "b", cookies: "c" };
    expect(bodyOf(draft)).toEqual({ kind: "basic", user: "a", password: "b" });
  });
});
