import { useId, type ReactNode } from "react";

import { classes } from "./classes";

interface Props {
  title: string;
  about?: ReactNode;
  /** Beside its title. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a page with a title of its own. */
export function Card({ title, about, actions, className, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes("card min-w-0", className)}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="text-sm font-semibold">
            {title}
          </h2>
          {about && <div className="text-muted text-xs">{about}</div>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
