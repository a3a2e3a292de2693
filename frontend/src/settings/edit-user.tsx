"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";

import { NameInput, NewPasswordInput } from "@/accounts/person-fields";
import { answer, api } from "@/api/client";
import { renewSession } from "@/api/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Failure } from "@/ui/failure";
import { Checkbox } from "@/ui/field";
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
  const form = useId();
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
    <Dialog
      isOpen
      onClose={onClose}
      title={t("users.edit_of", { name: user.name })}
      description={user.email}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={form} look="primary" isBusy={change.isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
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
        <Failure error={change.error} />
      </form>
    </Dialog>
  );
}
