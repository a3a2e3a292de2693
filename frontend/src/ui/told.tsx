import type { ReactNode } from "react";

/** A sentence that the server wrote, which speaks English whatever the page speaks: screen readers are told. */
export function Told({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <span lang="en" className={className}>
      {children}
    </span>
  );
}
