import { classes } from "@/ui/classes";

import type { Mark, Marks } from "./marks";
import type { Row } from "./queries";
import { ResultRow } from "./result-row";
import { useTriage } from "./triage";

interface Props {
  label: string;
  rows: readonly Row[];
  marks: Marks;
  isOld: boolean;
  look: string | false;
  onMark: (change: { id: string; title: string; from: Mark | null; to: Mark | null }) => void;
  onUndo: () => void;
}

/** Calls, one below the other, with the keys that go through them and mark them. */
export function CallRows({ label, rows, marks, isOld, look, onMark, onUndo }: Props) {
  const toggle = (id: string, to: Mark) => {
    const row = rows.find((each) => each.id === id);
    if (!row) return;
    const from = marks[id] ?? null;
    onMark({ id, title: row.title, from, to: from === to ? null : to });
  };
  useTriage({ onStar: (id) => toggle(id, "starred"), onIgnore: (id) => toggle(id, "ignored"), onUndo });
  return (
    <ul
      aria-label={label}
      aria-busy={isOld || undefined}
      className={classes("card @container overflow-hidden", look)}
    >
      {rows.map((row) => (
        <ResultRow key={row.id} row={row} mark={marks[row.id] ?? null} onMark={onMark} />
      ))}
    </ul>
  );
}
