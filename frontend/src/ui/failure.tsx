import { CircleAlert } from "lucide-react";

import { sentenceOf } from "./states";
import { useT } from "@/words/provider";

/** Why what was sent was not taken, beside what sends it; what was typed stays. */
export function Failure({ error }: { error: unknown }) {
  const t = useT();
  return (
    <div role="alert" className="empty:hidden">
      {error !== null && error !== undefined && (
        <p className="text-bad flex items-start gap-2 text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {sentenceOf(error, t)}
        </p>
      )}
    </div>
  );
}
