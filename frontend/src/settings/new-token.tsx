import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { roleOf, useSession, type Role } from "@/api/session";
import { CopyText } from "@/ui/copy-text";
import { Input, Select } from "@/ui/field";
import { DoneDialog, FormDialog } from "@/ui/form-dialog";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { RoleChoice } from "./role-choice";

const LIVES_DAYS = ["30", "90", "365", ""] as const;
const DAY_MILLISECONDS = 86_400_000;

/** Makes a token; its secret is shown once, and then nobody has it but who copied it. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const t = useT(settings);
  const queries = useQueryClient();
  const most = roleOf(useSession()) ?? "viewer";
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [days, setDays] = useState<string>("90");
  const make = useMutation({
    mutationFn: () => {
      const expires_at = days ? new Date(Date.now() + Number(days) * DAY_MILLISECONDS).toISOString() : null;
      return answer(api.POST("/api/tokens", { body: { name, role, expires_at } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tokens"] }),
  });
  if (make.data) return <Secret token={make.data} onClose={onClose} />;
  return (
    <FormDialog
      onClose={onClose}
      title={t("tokens.make")}
      does={t("tokens.make")}
      onSubmit={() => make.mutate()}
      isBusy={make.isPending}
      error={make.error}
    >
      <Input
        label={t("tokens.for_what")}
        hint={t("tokens.for_what_hint")}
        required
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <RoleChoice value={role} onChoose={setRole} most={most} />
      <Select
        label={t("tokens.ends")}
        value={days}
        options={LIVES_DAYS.map((value) => ({
          value,
          name: value ? t("tokens.in_days", { count: Number(value) }) : t("tokens.no_end"),
        }))}
        onChoose={setDays}
      />
    </FormDialog>
  );
}

function Secret({ token, onClose }: { token: Schemas["IssuedToken"]; onClose: () => void }) {
  const t = useT(settings);
  const call = `curl -H "Authorization: Bearer ${token.secret}" "${window.location.origin}/api/opportunities?closing_within_days=7"`;
  return (
    <DoneDialog onClose={onClose} title={t("tokens.secret_of", { name: token.name })} does={t("tokens.kept")}>
      <div className="grid gap-4 text-sm">
        <p className="bg-warn-soft text-warn rounded-md px-3 py-2">{t("tokens.once")}</p>
        <div className="grid gap-1">
          <h3 className="font-medium">{t("tokens.secret")}</h3>
          <CopyText label={t("tokens.secret")} text={token.secret} />
        </div>
        <div className="grid gap-1">
          <h3 className="font-medium">{t("tokens.try")}</h3>
          <CopyText label={t("tokens.try")} text={call} />
        </div>
      </div>
    </DoneDialog>
  );
}
