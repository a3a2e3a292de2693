import type { Schemas } from "@/api/client";

export const KINDS = ["basic", "form", "cookie", "header", "recorded"] as const;
export type Kind = (typeof KINDS)[number];
type NewLogIn = Schemas["BasicLogIn"] | Schemas["CookieLogIn"] | Schemas["HeaderLogIn"] | Schemas["FormLogIn"] | Schemas["RecordedLogIn"];

/** What is typed for a log-in, of whatever kind it will be. */
export interface Draft {
  kind: Kind;
  url: string;
  user: string;
  password: string;
  userField: string;
  passwordField: string;
  successText: string;
  /** Names of further fields, a comma between them; their values are in `more`. */
  moreNames: string;
  more: Readonly<Record<string, string>>;
  cookies: string;
  header: string;
  value: string;
  steps: string;
  /** A text for each `(asked)` of the steps. */
  secrets: readonly string[];
}

/** Return what a form begins with: all that is known of a log-in but its secrets, which nobody is told. */
export function draftOf(logIn: Schemas["LogIn"]): Draft {
  const known = logIn.settings;
  return {
    kind: logIn.kind ?? "form",
    url: known?.log_in_url ?? "",
    user: "",
    password: "",
    userField: known?.user_field ?? "",
    passwordField: known?.password_field ?? "",
    successText: known?.success_text ?? "",
    moreNames: known?.more?.join(", ") ?? "",
    more: {},
    cookies: "",
    header: known?.header ?? "",
    value: "",
    steps: known?.steps ?? "",
    secrets: [],
  };
}

export function namesOf(draft: Draft): string[] {
  return [...new Set(draft.moreNames.split(",").map((name) => name.trim()))].filter(Boolean);
}

/** Return the steps that ask for a text, one for each. */
export function askedBy(draft: Draft): string[] {
  return draft.steps.split("\n").flatMap((line) => Array<string>(line.split("(asked)").length - 1).fill(line.trim()));
}

/** Return what is sent of a draft. */
export function bodyOf(draft: Draft): NewLogIn {
  switch (draft.kind) {
    case "basic":
      return { kind: "basic", user: draft.user, password: draft.password };
    case "cookie":
      return { kind: "cookie", cookies: draft.cookies };
    case "header":
      return { kind: "header", name: draft.header, value: draft.value };
    case "form":
      return {
        kind: "form",
        log_in_url: draft.url,
        user: draft.user,
        password: draft.password,
        user_field: draft.userField.trim() || null,
        password_field: draft.passwordField.trim() || null,
        success_text: draft.successText.trim() || null,
        more: Object.fromEntries(namesOf(draft).map((name) => [name, draft.more[name] ?? ""])),
      };
    case "recorded":
      return {
        kind: "recorded",
        log_in_url: draft.url,
        steps: draft.steps,
        secrets: askedBy(draft).map((_, index) => draft.secrets[index] ?? ""),
      };
  }
}
