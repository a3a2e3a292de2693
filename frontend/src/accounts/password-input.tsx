import { Eye, EyeOff } from "lucide-react";
import { useState, type InputHTMLAttributes } from "react";

import { IconButton } from "@/ui/button";
import { Field } from "@/ui/field";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
};

/** A password, which whoever types it may look at. */
export function PasswordInput({ label, hint, error, ...rest }: Props) {
  const t = useT(accounts);
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className="relative">
          <input {...rest} {...wiring} type={isShown ? "text" : "password"} className="field pr-9" />
          <IconButton
            label={t(isShown ? "password.hide" : "password.show")}
            aria-pressed={isShown}
            className="absolute top-0 right-0"
            onClick={() => setIsShown(!isShown)}
          >
            <Icon aria-hidden className="size-4" />
          </IconButton>
        </div>
      )}
    </Field>
  );
}
