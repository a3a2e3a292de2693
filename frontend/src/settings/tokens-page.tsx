import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { useMay, useSession } from "@/api/session";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/field";
import { persistently } from "@/ui/persistently";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { SettingsFrame } from "./frame";
import { NeedsUser } from "./needs-user";
import { TokenTable } from "./token-table";

// What opens over the page loads when it does.
const NewToken = dynamic(() => persistently(() => import("./new-token").then((module) => module.NewToken)), { ssr: false });
const RevokeToken = dynamic(() => persistently(() => import("./revoke-token").then((module) => module.RevokeToken)), { ssr: false });

export type Token = Schemas["ListedToken"];

export function TokensPage() {
  const t = useT(settings);
  const session = useSession();
  const [isMaking, setIsMaking] = useState(false);
  return (
    <SettingsFrame
      title={t("tokens.title")}
      about={t("tokens.what")}
      actions={
        session?.user && (
          <Button look="primary" onClick={() => setIsMaking(true)}>
            <KeyRound aria-hidden className="size-4" />
            {t("tokens.make")}
          </Button>
        )
      }
    >
      {session?.user ? <Tokens /> : <NeedsUser what={t("tokens.need_user")} />}
      {isMaking && <NewToken onClose={() => setIsMaking(false)} />}
    </SettingsFrame>
  );
}

function Tokens() {
  const t = useT(settings);
  const mayAll = useMay("administrator");
  const [isEverybodys, setIsEverybodys] = useState(false);
  const [revoked, setRevoked] = useState<Token | null>(null);
  const tokens = useQuery({
    queryKey: ["tokens", isEverybodys],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/tokens", { params: { query: { everybodys: isEverybodys } }, signal })),
    placeholderData: (before) => before,
  });
  return (
    <>
      {mayAll && (
        <Checkbox
          label={t("tokens.everybodys")}
          checked={isEverybodys}
          onChange={(event) => setIsEverybodys(event.target.checked)}
        />
      )}
      {tokens.data ? (
        tokens.data.items.length > 0 ? (
          <TokenTable tokens={tokens.data.items} isEverybodys={isEverybodys} onRevoke={setRevoked} />
        ) : (
          <EmptyState title={t("tokens.none")}>{t("tokens.none_what")}</EmptyState>
        )
      ) : tokens.error ? (
        <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} isRetrying={tokens.isFetching} />
      ) : (
        <SkeletonRows count={3} />
      )}
      {revoked && <RevokeToken token={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}
