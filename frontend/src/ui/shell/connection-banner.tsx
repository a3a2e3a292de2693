"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CloudOff, Hourglass } from "lucide-react";
import { useEffect } from "react";

import { answer, api } from "@/api/client";
import { useConnection } from "@/api/connection";
import { POLL_MILLISECONDS } from "@/api/queries";
import { useT } from "@/words/provider";

/** Says when the server does not answer, or takes long; looks every ten seconds, and has all recover with it. */
export function ConnectionBanner() {
  const t = useT();
  const connection = useConnection();
  const queries = useQueryClient();
  const isLost = connection === "lost";

  useQuery({
    queryKey: ["liveness"],
    queryFn: ({ signal }) => answer(api.GET("/api/health/live", { signal })),
    enabled: isLost,
    retry: false,
    staleTime: 0,
    refetchInterval: POLL_MILLISECONDS,
  });
  useEffect(() => {
    if (isLost) {
      return () => {
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "liveness" });
      };
    }
    return undefined;
  }, [isLost, queries]);

  const text = isLost ? t("connection.lost") : connection === "slow" ? t("connection.slow") : null;
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
