import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";

import { classes } from "./classes";
import { useShown } from "./shown";

interface About {
  label: string;
  /** What to put here, below it. */
  hint?: string | undefined;
  /** What is wrong with what is in it; it is told to screen readers, and what was typed stays. */
  error?: string | undefined;
  isLabelHidden?: boolean;
}

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** A label, a hint and an error around one control, tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  isLabelHidden = false,
  children,
}: About & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-bad text-xs">
          {error}
        </p>
      )}
    </div>
  );
}

type InputProps = About & InputHTMLAttributes<HTMLInputElement>;

export function Input({ label, hint, error, isLabelHidden, className, ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false}>
      {(wiring) => <input {...rest} {...wiring} className={classes("field", className)} />}
    </Field>
  );
}

type TextAreaProps = About & TextareaHTMLAttributes<HTMLTextAreaElement>;

export function TextArea({ label, hint, error, isLabelHidden, className, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false}>
      {(wiring) => <textarea {...rest} {...wiring} className={classes("field", className)} />}
    </Field>
  );
}

type SelectProps = About &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> & {
    value?: string | undefined;
    options: readonly { value: string; name: string }[];
    onChoose: (value: string) => void;
  };

/** The browser's own list of choices: it works with every keyboard, screen reader and phone. */
export function Select({ label, hint, error, isLabelHidden, className, options, onChoose, ...props }: SelectProps) {
  const { value, ...rest } = props;
  const [shown, show] = useShown(value ?? "");
  return (
    <Field label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false}>
      {(wiring) => (
        <select
          {...rest}
          {...wiring}
          className={classes("field", className)}
          value={shown}
          onChange={(event) => {
            show(event.target.value);
            onChoose(event.target.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & { label: ReactNode };

export function Checkbox({ label, className, checked = false, onChange, ...rest }: CheckboxProps) {
  const [shown, show] = useShown(checked);
  return (
    <label className={classes("flex min-h-7 items-center gap-2 text-sm", className)}>
      <input
        {...rest}
        type="checkbox"
        checked={shown}
        onChange={(event) => {
          show(event.target.checked);
          onChange?.(event);
        }}
        className="accent-accent size-4 shrink-0"
      />
      <span className="min-w-0 flex-1">{label}</span>
    </label>
  );
}
