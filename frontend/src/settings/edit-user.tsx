import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { NameInput, NewPasswordInput } from "@/accounts/person-fields";
import { answer, api } from "@/api/client";
import { renewSession } from "@/api/session";
import { Checkbox } from "@/ui/field";
import { FormDialog } from "@/ui/form-dialog";
import { tell } from "@/ui/toast";
import { accounts } from "@/words/en/accounts";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { RoleChoice } from "./role-choice";
import type { User } from "./users-page";

interface Props {
  user: User;
  /** Whether nobody else is administrator. */
  isLast: boolean;
  onClose: () => void;
}

export function EditUser({ user, isLast, onClose }: Props) {
  const t = useT(settings, accounts);
  const queries = useQueryClient();
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [isActive, setIsActive] = useState(user.active);
  const [password, setPassword] = useState("");
  const change = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH("/api/users/{user_id}", {
          params: { path: { user_id: user.id } },
          // What stays as it is is left out: another role or password ends sessions.
          body: {
            ...(name !== user.name && { name }),
            ...(role !== user.role && { role }),
            ...(isActive !== user.active && { active: isActive }),
            ...(password && { password }),
          },
        }),
      ),
    onSuccess: async () => {
      tell(t("saved"));
      onClose();
      renewSession();
      await queries.invalidateQueries({ predicate: ({ queryKey }) => ["users", "session"].includes(String(queryKey[0])) });
    },
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t("users.edit_of", { name: user.name })}
      description={user.email}
      does={t("save")}
      onSubmit={() => change.mutate()}
      isBusy={change.isPending}
      error={change.error}
    >
      <NameInput value={name} onChange={setName} error={change.error} />
      <RoleChoice
        value={role}
        onChoose={setRole}
        isDisabled={isLast}
        hint={isLast ? t("users.last_administrator") : undefined}
      />
      <Checkbox
        label={t("users.active")}
        checked={isActive}
        disabled={isLast}
        onChange={(event) => setIsActive(event.target.checked)}
      />
      <NewPasswordInput
        label={t("profile.password_new")}
        hint={t("users.password_change_hint")}
        isRequired={false}
        value={password}
        onChange={setPassword}
        error={change.error}
      />
    </FormDialog>
  );
}
