import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { ROLE_NAMES } from "@/accounts/roles";
import { answer, api } from "@/api/client";
import { useMay } from "@/api/session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ErrorState, sentenceOf } from "@/ui/states";
import { Table } from "@/ui/table";
import { tell } from "@/ui/toast";
import { DateText } from "@/ui/values";
import { accounts } from "@/words/en/accounts";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

/** Who is invited and has not come yet; nothing where nobody is. */
export function Invitations() {
  const t = useT(settings, accounts);
  const queries = useQueryClient();
  const may = useMay("administrator");
  const invitations = useQuery({
    queryKey: ["invitations"],
    queryFn: ({ signal }) => answer(api.GET("/api/invitations", { signal })),
    enabled: may,
  });
  const revoke = useMutation({
    mutationFn: (invitation_id: string) =>
      answer(api.DELETE("/api/invitations/{invitation_id}", { params: { path: { invitation_id } } })),
    onSuccess: () => tell(t("invitations.revoked")),
    onError: (error) => tell(sentenceOf(error, t), "failed"),
    onSettled: () => queries.invalidateQueries({ queryKey: ["invitations"] }),
  });
  if (invitations.error && !invitations.data) {
    return (
      <ErrorState
        error={invitations.error}
        onRetry={() => void invitations.refetch()}
        isRetrying={invitations.isFetching}
      />
    );
  }
  if (!invitations.data?.items.length) return null;
  return (
    <section className="grid gap-2">
      <h2 className="text-sm font-semibold">{t("invitations.title")}</h2>
      <Table
        caption={t("invitations.title")}
        rows={invitations.data.items}
        keyOf={(invitation) => invitation.id}
        columns={[
          {
            name: t("account.email"),
            cell: (invitation) => (
              <span className="flex flex-wrap items-center gap-1.5 break-all">
                {invitation.email}
                {!invitation.active && <Badge tone="warn">{t("invitations.ended")}</Badge>}
              </span>
            ),
          },
          { name: t("account.role"), cell: (invitation) => t(ROLE_NAMES[invitation.role]) },
          { name: t("invitations.by"), from: "md", cell: (invitation) => invitation.invited_by },
          { name: t("invitations.until"), from: "md", cell: (invitation) => <DateText at={invitation.expires_at} /> },
          {
            name: t("actions"),
            isNameHidden: true,
            cell: (invitation) => (
              <div className="flex justify-end">
                <Button
                  isSmall
                  look="danger"
                  isBusy={revoke.isPending && revoke.variables === invitation.id}
                  onClick={() => revoke.mutate(invitation.id)}
                  aria-label={t("invitations.revoke_of", { email: invitation.email })}
                >
                  {t("invitations.revoke")}
                </Button>
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
