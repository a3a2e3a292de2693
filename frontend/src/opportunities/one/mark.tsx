import dynamic from "next/dynamic";
import { useState } from "react";

import { Badge } from "@/ui/badge";
import { persistently } from "@/ui/persistently";
import { useShortcut } from "@/ui/shortcuts";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { MarkButtons } from "../mark-buttons";
import { useMarking, useMarks, type Mark } from "../marks";
import type { Whole } from "../queries";

const ShortcutsDialog = dynamic(() => persistently(() => import("../shortcuts-dialog")), { ssr: false });

/** One's mark on a call, by buttons and by the keys that mark in a list. */
export function OwnMark({ call }: { call: Whole }) {
  const t = useT(opportunities);
  const mark = useMarks([[call.id]])[call.id] ?? null;
  const { mark: change, undo } = useMarking();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const set = (to: Mark | null) => change({ id: call.id, title: call.title, from: mark, to });
  const toggle = (to: Mark) => set(mark === to ? null : to);
  useShortcut("s", () => toggle("starred"));
  useShortcut("i", () => toggle("ignored"));
  useShortcut("u", undo);
  useShortcut("?", () => setHelpOpen(true));
  return (
    <>
      <span className="flex items-center gap-1">
        {mark === "ignored" && <Badge>{t("triage.is_ignored")}</Badge>}
        <MarkButtons title={call.title} mark={mark} onMark={set} />
      </span>
      {isHelpOpen && <ShortcutsDialog isOfOne onClose={() => setHelpOpen(false)} />}
    </>
  );
}
