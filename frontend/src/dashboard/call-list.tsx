import Link from "next/link";
import type { ReactNode } from "react";

interface Call {
  id: string;
  title: string;
  organisation: string | null;
}

interface Props<Each> {
  calls: readonly Each[];
  /** Beside the title: what is most pressing about a call, in a word or two. */
  mark?: (call: Each) => ReactNode;
  /** Below it. */
  aside: (call: Each) => ReactNode;
}

/** Some calls in few words. */
export function CallList<Each extends Call>({ calls, mark, aside }: Props<Each>) {
  return (
    <ul>
      {calls.map((call) => (
        <li key={call.id} className="border-line hover:bg-hover relative grid grid-cols-[minmax(0,1fr)] gap-0.5 border-t px-4 py-1.5 text-sm">
          <div className="flex items-start gap-3">
            <Link
              href={`/opportunity/?id=${call.id}`}
              prefetch={false}
              className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0 hover:underline"
              title={call.title}
            >
              {call.title}
            </Link>
            {mark?.(call)}
          </div>
          <div className="text-muted flex gap-3 text-xs">
            <span className="min-w-0 flex-1 truncate">{call.organisation}</span>
            <span className="shrink-0">{aside(call)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** In place of a list that holds nothing. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-muted px-4 pb-4 text-sm">{children}</p>;
}
