import dynamic from "next/dynamic";

import type { Schemas } from "@/api/client";
import { persistently } from "@/ui/persistently";
import { Skeleton } from "@/ui/states";
import { useSeen } from "@/ui/seen";

function Waiting() {
  return <Skeleton className="h-72" />;
}

const Charts = dynamic(() => persistently(() => import("./charts")), { ssr: false, loading: Waiting });

/** Charts, and what they show, are loaded once somebody gets there. */
export function ChartsWhenSeen({ stats }: { stats: Schemas["Stats"] | undefined }) {
  const [mark, isSeen] = useSeen<HTMLDivElement>();
  return <div ref={mark}>{isSeen && stats ? <Charts stats={stats} /> : <Waiting />}</div>;
}
