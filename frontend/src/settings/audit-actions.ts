import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";
import type { PlainKey } from "@/words/words";

import type { AuditAction } from "./audit-queries";

const NAMES = {
  "website.add": "action.website_add",
  "website.change": "action.website_change",
  "website.change-many": "action.website_change_many",
  "website.remove": "action.website_remove",
  "website.import": "action.website_import",
  "website.accept": "action.website_accept",
  "website.forget-recipe": "action.website_forget_recipe",
  "job.ask": "action.job_ask",
  "job.cancel": "action.job_cancel",
  "job.retry": "action.job_retry",
  "setting.change": "action.setting_change",
  "credential.set": "action.credential_set",
  "credential.remove": "action.credential_remove",
  "credential.rotate-key": "action.credential_rotate",
  "user.add": "action.user_add",
  "user.invite": "action.user_invite",
  "user.uninvite": "action.user_uninvite",
  "user.reset-link": "action.user_reset_link",
  "user.change": "action.user_change",
  "user.remove": "action.user_remove",
  "user.password": "action.user_password",
  "token.add": "action.token_add",
  "token.remove": "action.token_remove",
  "backup.make": "action.backup_make",
  "database.restore": "action.database_restore",
  "session.end": "action.session_end",
  "sign-in.ok": "action.sign_in",
  "sign-in.failed": "action.sign_in_failed",
} as const satisfies Record<AuditAction, PlainKey<typeof settings>>;

export const ACTIONS = Object.keys(NAMES) as readonly AuditAction[];

/** Return what says an action in words; one that this app does not know is said as the server does. */
export function useActionName(): (action: string) => string {
  const t = useT(settings);
  return (action) => (action in NAMES ? t(NAMES[action as keyof typeof NAMES]) : action);
}
