import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { EmailInput } from "@/accounts/person-fields";
import { answer, api, type Schemas } from "@/api/client";
import type { Role } from "@/api/session";
import { DoneDialog, FormDialog } from "@/ui/form-dialog";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { LinkToHandOn } from "./link-to-hand-on";
import { RoleChoice } from "./role-choice";

/** Invites somebody by a link, which is sent, or handed on where no e-mail can be sent. */
export function InviteUser({ onClose }: { onClose: () => void }) {
  const t = useT(settings);
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const invite = useMutation({
    mutationFn: () => answer(api.POST("/api/invitations", { body: { email, role } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["invitations"] }),
  });
  if (invite.data) return <Sent invitation={invite.data} onClose={onClose} />;
  return (
    <FormDialog
      onClose={onClose}
      title={t("invitations.invite")}
      description={t("invitations.invite_what")}
      does={t("invitations.invite")}
      onSubmit={() => invite.mutate()}
      isBusy={invite.isPending}
      error={invite.error}
    >
      <EmailInput value={email} onChange={setEmail} error={invite.error} />
      <RoleChoice value={role} onChoose={setRole} />
    </FormDialog>
  );
}

function Sent({ invitation, onClose }: { invitation: Schemas["SentInvitation"]; onClose: () => void }) {
  const t = useT(settings);
  return (
    <DoneDialog onClose={onClose} title={t("invitations.of", { email: invitation.email })} does={t("close")}>
      {invitation.link ? (
        <div className="grid gap-3 text-sm">
          <LinkToHandOn link={invitation.link} />
          {invitation.not_sent && <p className="text-muted">{invitation.not_sent}</p>}
        </div>
      ) : (
        <p className="text-sm">{t("invitations.sent")}</p>
      )}
    </DoneDialog>
  );
}
