import type { Role } from "@/api/session";

export const ROLE_NAMES = {
  viewer: "role.viewer",
  editor: "role.editor",
  administrator: "role.administrator",
} as const satisfies Record<Role, string>;

/** What each may do, in a sentence. */
export const ROLE_MEANINGS = {
  viewer: "role.viewer_what",
  editor: "role.editor_what",
  administrator: "role.administrator_what",
} as const satisfies Record<Role, string>;
