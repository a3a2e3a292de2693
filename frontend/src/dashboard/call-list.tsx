"use client";

import Link from "next/link";
import type { ReactNode } from "react";

interface Call {
  id: string;
  title: string;
  organisation: string | null;
}

/** Some calls in few words; `aside` says of each what the list is about. */
export function CallList<Each extends Call>({
  calls,
  aside,
}: {
  calls: readonly Each[];
  aside: (call: Each) => ReactNode;
}) {
  return (
    <ul>
      {calls.map((call) => (
        <li
          key={call.id}
          className="border-line hover:bg-hover relative flex items-start gap-3 border-t px-4 py-1.5 text-sm"
        >
          <div className="min-w-0 flex-1">
            <Link
              href={`/opportunity/?id=${call.id}`}
              prefetch={false}
              className="block truncate font-medium after:absolute after:inset-0 hover:underline"
              title={call.title}
            >
              {call.title}
            </Link>
            <p className="text-muted truncate text-xs">{call.organisation}</p>
          </div>
          <div className="text-muted shrink-0 text-right text-xs">{aside(call)}</div>
        </li>
      ))}
    </ul>
  );
}

/** In place of a list that holds nothing. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-muted px-4 pb-4 text-sm">{children}</p>;
}
