import { ROLE_NAMES } from "@/accounts/roles";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { useNow } from "@/ui/now";
import { Table } from "@/ui/table";
import { DateText } from "@/ui/values";
import { accounts } from "@/words/en/accounts";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import type { Token } from "./tokens-page";

interface Props {
  tokens: readonly Token[];
  isEverybodys: boolean;
  onRevoke: (token: Token) => void;
}

export function TokenTable({ tokens, isEverybodys, onRevoke }: Props) {
  const t = useT(settings, accounts);
  return (
    <Table
      caption={t("tokens.title")}
      rows={tokens}
      keyOf={(token) => token.id}
      columns={[
        {
          name: t("tokens.name"),
          cell: (token) => (
            <div className="grid gap-0.5">
              <span className="flex flex-wrap items-center gap-1.5 font-medium">
                {token.name}
                <State token={token} />
              </span>
              <code className="text-muted text-xs">{token.prefix}</code>
              {isEverybodys && <span className="text-muted text-xs break-all">{token.user}</span>}
            </div>
          ),
        },
        { name: t("account.role"), from: "md", cell: (token) => t(ROLE_NAMES[token.role]) },
        {
          name: t("tokens.last_used"),
          cell: (token) => (token.last_used_at ? <DateText at={token.last_used_at} /> : t("tokens.never_used")),
        },
        {
          name: t("tokens.ends"),
          from: "md",
          cell: (token) => (token.expires_at ? <DateText at={token.expires_at} /> : t("tokens.no_end")),
        },
        { name: t("tokens.made"), from: "lg", cell: (token) => <DateText at={token.created_at} /> },
        {
          name: t("actions"),
          isNameHidden: true,
          cell: (token) =>
            token.revoked_at === null && (
              <div className="flex justify-end">
                <Button
                  isSmall
                  look="danger"
                  onClick={() => onRevoke(token)}
                  aria-label={t("tokens.revoke_of", { name: token.name })}
                >
                  {t("tokens.revoke")}
                </Button>
              </div>
            ),
        },
      ]}
    />
  );
}

function State({ token }: { token: Token }) {
  const t = useT(settings, accounts);
  const now = useNow();
  if (token.active) return null;
  if (token.revoked_at) return <Badge>{t("tokens.revoked_state")}</Badge>;
  const hasEnded = token.expires_at !== null && new Date(token.expires_at) <= now;
  return <Badge tone="warn">{t(hasEnded ? "tokens.ended" : "tokens.user_disabled")}</Badge>;
}
