import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { EmailInput, NameInput, NewPasswordInput } from "@/accounts/person-fields";
import { answer, api } from "@/api/client";
import type { Role } from "@/api/session";
import { FormDialog } from "@/ui/form-dialog";
import { tell } from "@/ui/toast";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { RoleChoice } from "./role-choice";

export function AddUser({ onClose }: { onClose: () => void }) {
  const t = useT(settings);
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [password, setPassword] = useState("");
  const add = useMutation({
    mutationFn: () => answer(api.POST("/api/users", { body: { name, email, role, password } })),
    onSuccess: async (user) => {
      tell(t("users.added", { name: user.name }));
      onClose();
      await queries.invalidateQueries({ queryKey: ["users"] });
    },
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t("users.add")}
      does={t("users.add")}
      onSubmit={() => add.mutate()}
      isBusy={add.isPending}
      error={add.error}
    >
      <NameInput value={name} onChange={setName} error={add.error} />
      <EmailInput value={email} onChange={setEmail} error={add.error} />
      <RoleChoice value={role} onChoose={setRole} />
      <NewPasswordInput value={password} onChange={setPassword} error={add.error} hint={t("users.password_hint")} />
    </FormDialog>
  );
}
