import { Problem } from "@/api/problem";
import { Input } from "@/ui/field";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { PasswordInput } from "./password-input";

export const SHORTEST_PASSWORD = 12;

/** Return what the server says is wrong with one field of what was sent. */
export function causeOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  return error.causes.find((cause) => cause.location === `body.${field}`)?.message;
}

interface TextProps {
  value: string;
  onChange: (value: string) => void;
  error?: unknown;
}

export function NameInput({ value, onChange, error }: TextProps) {
  const t = useT(accounts);
  return (
    <Input
      label={t("account.name")}
      autoComplete="name"
      required
      maxLength={200}
      value={value}
      error={causeOf(error, "name")}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function EmailInput({ value, onChange, error }: TextProps) {
  const t = useT(accounts);
  return (
    <Input
      label={t("account.email")}
      type="email"
      autoComplete="username"
      required
      value={value}
      error={causeOf(error, "email")}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface NewPasswordProps extends TextProps {
  label?: string;
  hint?: string;
  isRequired?: boolean;
}

/** A password to be taken; how long it is yet to become is said while it is typed. */
export function NewPasswordInput({ value, onChange, error, label, hint, isRequired = true }: NewPasswordProps) {
  const t = useT(accounts);
  const missing = SHORTEST_PASSWORD - value.length;
  return (
    <PasswordInput
      label={label ?? t("account.password")}
      autoComplete="new-password"
      required={isRequired}
      minLength={SHORTEST_PASSWORD}
      value={value}
      hint={
        value && missing > 0
          ? t("password.missing", { count: missing })
          : (hint ?? t("password.hint", { shortest: SHORTEST_PASSWORD }))
      }
      error={causeOf(error, "password")}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
