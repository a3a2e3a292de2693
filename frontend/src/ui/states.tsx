import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { Problem } from "@/api/problem";
import { useT } from "@/words/provider";
import type { Say } from "@/words/words";

import { Button } from "./button";
import { classes } from "./classes";

interface EmptyProps {
  title: string;
  /** What to do about it. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ title, children, actions }: EmptyProps) {
  return (
    <div className="card grid justify-items-center gap-2 px-6 py-12 text-center">
      <h2 className="text-base font-semibold">{title}</h2>
      {children && <div className="text-muted max-w-prose text-sm">{children}</div>}
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** Say in a sentence what went wrong, as the server says it where it said anything. */
export function sentenceOf(error: unknown, t: Say): string {
  if (!(error instanceof Problem)) return t("error.unexpected");
  if (error.status === 0) return t("error.unreachable");
  return error.message || t("error.status", { status: String(error.status) });
}

interface ErrorProps {
  error: unknown;
  onRetry: () => void;
  isRetrying?: boolean;
}

/** What happened, that it is tried again by itself where that may help, and a button for who cannot wait. */
export function ErrorState({ error, onRetry, isRetrying = false }: ErrorProps) {
  const t = useT();
  const mayHeal = !(error instanceof Problem) || error.mayHeal;
  return (
    <div role="alert" className="card border-bad grid justify-items-start gap-2 px-4 py-4">
      <p className="flex items-start gap-2 text-sm">
        <CircleAlert aria-hidden className="text-bad mt-0.5 size-4 shrink-0" />
        <span>
          {sentenceOf(error, t)} {mayHeal && t("error.again_by_itself")}
        </span>
      </p>
      {error instanceof Problem && error.instance && (
        <p className="text-muted font-mono text-xs">{t("error.case", { name: error.instance })}</p>
      )}
      {mayHeal && (
        <Button isSmall onClick={onRetry} isBusy={isRetrying}>
          {t("error.try_now")}
        </Button>
      )}
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classes("bg-sunken animate-pulse rounded", className)} />;
}

/** As many lines as a list will about have, so that nothing jumps when it comes. */
export function SkeletonRows({ count = 8, className = "h-14" }: { count?: number; className?: string }) {
  const t = useT();
  return (
    <div role="status" className="grid gap-2">
      <span className="sr-only">{t("loading")}</span>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className={className} />
      ))}
    </div>
  );
}
