import Link from "next/link";
import type { ButtonHTMLAttributes, ComponentProps, ReactNode } from "react";

import { classes } from "./classes";

type Look = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
  plain: "bg-surface text-ink border-edge hover:bg-hover",
  quiet: "bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-surface text-bad border-bad hover:bg-bad-soft",
};

function lookOf(look: Look, isSmall: boolean, more?: string): string {
  return classes(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap",
    "transition-colors disabled:opacity-60 aria-disabled:opacity-60",
    isSmall ? "min-h-7 px-2 text-xs" : "min-h-8 px-3 text-sm",
    LOOKS[look],
    more,
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  isSmall?: boolean;
  /** Its work is under way: it stays where it is, cannot be pressed again, and says so. */
  isBusy?: boolean;
};

export function Button({ look = "plain", isSmall = false, isBusy = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={lookOf(look, isSmall, className)}
    />
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & { look?: Look; isSmall?: boolean };

/** Looks like a button and leads somewhere. */
export function ButtonLink({ look = "plain", isSmall = false, className, ...rest }: ButtonLinkProps) {
  return <Link prefetch={false} {...rest} className={lookOf(look, isSmall, className)} />;
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label" | "children"> & {
  /** What it does, for who does not see the picture. */
  label: string;
  children: ReactNode;
};

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classes(
        "text-muted hover:bg-hover hover:text-ink inline-flex size-8 shrink-0 items-center justify-center rounded-md",
        className,
      )}
    >
      {children}
    </button>
  );
}
