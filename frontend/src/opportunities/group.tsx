import type { ReactNode } from "react";

/** Filters that belong together, under their name. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
      <legend className="text-muted mb-1.5 text-xs font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}
