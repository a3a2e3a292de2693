import { useMutation, useQueryClient } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { Confirm } from "@/ui/confirm";
import { tell } from "@/ui/toast";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import type { Token } from "./tokens-page";

export function RevokeToken({ token, onClose }: { token: Token; onClose: () => void }) {
  const t = useT(settings);
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => answer(api.DELETE("/api/tokens/{token_id}", { params: { path: { token_id: token.id } } })),
    onSuccess: async () => {
      tell(t("tokens.revoked", { name: token.name }));
      onClose();
      await queries.invalidateQueries({ queryKey: ["tokens"] });
    },
  });
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={t("tokens.revoke_of", { name: token.name })}
      does={t("tokens.revoke")}
      onConfirm={() => revoke.mutate()}
      isBusy={revoke.isPending}
      error={revoke.error}
    >
      <p>{t("tokens.revoke_what")}</p>
    </Confirm>
  );
}
