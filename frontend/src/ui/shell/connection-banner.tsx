import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CloudOff, Hourglass } from "lucide-react";
import { useEffect, useState } from "react";

import { answer, api } from "@/api/client";
import { useConnection } from "@/api/connection";
import { POLL_MILLISECONDS } from "@/api/queries";
import { useT } from "@/words/provider";

const ALIVE = { status: "ok" };

/** Says when the server does not answer, or takes long; looks every ten seconds, and has all recover with it. */
export function ConnectionBanner() {
  const t = useT();
  const connection = useConnection();
  const queries = useQueryClient();
  const isLost = connection === "lost";
  const [isStaying, setStaying] = useState(false);

  useQuery({
    queryKey: ["liveness"],
    queryFn: ({ signal }) => answer(api.GET("/api/health/live", { signal })),
    // A page that asks for nothing hears of it, too.
    initialData: ALIVE,
    retry: false,
    staleTime: POLL_MILLISECONDS,
    refetchInterval: POLL_MILLISECONDS,
  });
  useEffect(() => {
    if (!isLost) return undefined;
    // What is on the page would be lost: another page cannot be had now.
    const stay = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link?.origin !== window.location.origin || link.target || link.hash) return;
      event.preventDefault();
      event.stopPropagation();
      setStaying(true);
    };
    document.addEventListener("click", stay, { capture: true });
    return () => {
      document.removeEventListener("click", stay, { capture: true });
      setStaying(false);
    };
  }, [isLost]);
  useEffect(() => {
    if (isLost) {
      return () => {
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "liveness" });
      };
    }
    return undefined;
  }, [isLost, queries]);

  const text = isLost ? t(isStaying ? "connection.stay" : "connection.lost") : connection === "slow" ? t("connection.slow") : null;
  const Icon = isLost ? CloudOff : Hourglass;
  return (
    <div role="status" className="contents">
      {text && (
        <p className="bg-warn-soft text-warn flex items-center gap-2 px-4 py-2 text-sm md:px-6">
          <Icon aria-hidden className="size-4 shrink-0" />
          {text}
        </p>
      )}
    </div>
  );
}
