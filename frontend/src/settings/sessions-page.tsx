import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { persistently } from "@/ui/persistently";
import { ErrorState, sentenceOf, SkeletonRows } from "@/ui/states";
import { Table } from "@/ui/table";
import { tell } from "@/ui/toast";
import { DateText } from "@/ui/values";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { browserOf } from "./browser-name";
import { SettingsFrame } from "./frame";
import { NeedsUser } from "./needs-user";

// What opens over the page loads when it does.
const LeaveEverywhere = dynamic(() => persistently(() => import("./leave-everywhere").then((module) => module.LeaveEverywhere)), { ssr: false });

type Session = Schemas["ListedSession"];

export function SessionsPage() {
  const t = useT(settings);
  const session = useSession();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <SettingsFrame
      title={t("sessions.title")}
      about={t("sessions.what")}
      actions={
        session?.user && (
          <Button look="danger" onClick={() => setIsLeaving(true)}>
            {t("sessions.end_all")}
          </Button>
        )
      }
    >
      {session?.user ? <Sessions /> : <NeedsUser what={t("sessions.need_user")} />}
      {isLeaving && <LeaveEverywhere onClose={() => setIsLeaving(false)} />}
    </SettingsFrame>
  );
}

function Sessions() {
  const t = useT(settings);
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => answer(api.GET("/api/sessions", { signal })),
  });
  const end = useMutation({
    mutationFn: (session_id: string) =>
      answer(api.DELETE("/api/sessions/{session_id}", { params: { path: { session_id } } })),
    onSuccess: () => tell(t("sessions.ended")),
    onError: (error) => tell(sentenceOf(error, t), "failed"),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
  if (!sessions.data) {
    if (!sessions.error) return <SkeletonRows count={3} />;
    return (
      <ErrorState
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
        isRetrying={sessions.isFetching}
      />
    );
  }
  return (
    <Table<Session>
      caption={t("sessions.title")}
      rows={sessions.data.items}
      keyOf={(session) => session.id}
      columns={[
        {
          name: t("sessions.browser"),
          cell: (session) => (
            <div className="grid gap-0.5">
              <span className="flex flex-wrap items-center gap-1.5 font-medium" title={session.user_agent ?? undefined}>
                {browserOf(session.user_agent) ?? t("sessions.unknown_browser")}
                {session.is_this && <Badge tone="good">{t("sessions.this")}</Badge>}
              </span>
              {session.address && <span className="text-muted numbers text-xs">{session.address}</span>}
            </div>
          ),
        },
        { name: t("sessions.seen"), cell: (session) => <DateText at={session.last_seen_at} /> },
        { name: t("sessions.since"), from: "md", cell: (session) => <DateText at={session.created_at} /> },
        { name: t("sessions.until"), from: "lg", cell: (session) => <DateText at={session.expires_at} /> },
        {
          name: t("actions"),
          isNameHidden: true,
          cell: (session) =>
            !session.is_this && (
              <div className="flex justify-end">
                <Button
                  isSmall
                  isBusy={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                >
                  {t("sessions.end")}
                </Button>
              </div>
            ),
        },
      ]}
    />
  );
}
