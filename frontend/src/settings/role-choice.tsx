import { ROLE_MEANINGS, ROLE_NAMES } from "@/accounts/roles";
import { ROLES, type Role } from "@/api/session";
import { Select } from "@/ui/field";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

interface Props {
  value: Role;
  onChoose: (role: Role) => void;
  /** The highest that may be given. */
  most?: Role;
  isDisabled?: boolean;
  hint?: string | undefined;
}

/** A role, and what it may do. */
export function RoleChoice({ value, onChoose, most = "administrator", isDisabled = false, hint }: Props) {
  const t = useT(accounts);
  return (
    <Select
      label={t("account.role")}
      hint={hint ?? t(ROLE_MEANINGS[value])}
      value={value}
      disabled={isDisabled}
      options={ROLES.slice(0, ROLES.indexOf(most) + 1).map((role) => ({ value: role, name: t(ROLE_NAMES[role]) }))}
      onChoose={(role) => onChoose(role as Role)}
    />
  );
}
