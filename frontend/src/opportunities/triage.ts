import { useShortcut } from "@/ui/shortcuts";

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")];
}

function focus(row: HTMLElement | undefined): void {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.closest("li")?.scrollIntoView({ block: "nearest" });
}

function step(by: 1 | -1): void {
  const all = rows();
  const here = all.findIndex((row) => row === document.activeElement);
  focus(here === -1 ? (by === 1 ? all[0] : all[all.length - 1]) : all[here + by]);
}

/** The row that has the focus, or one of whose buttons has it. */
function current(): HTMLElement | null {
  return document.activeElement?.closest("li")?.querySelector<HTMLElement>("[data-row]") ?? null;
}

interface Marking {
  onStar: (id: string) => void;
  onIgnore: (id: string) => void;
  onUndo: () => void;
}

/**
 * Go through a list by keyboard: j and k move the focus, Enter opens by itself, o does as well; s stars, i ignores
 * and goes on, u takes the last of these back.
 */
export function useTriage({ onStar, onIgnore, onUndo }: Marking): void {
  useShortcut("j", () => step(1));
  useShortcut("k", () => step(-1));
  useShortcut("o", () => current()?.click());
  useShortcut("s", () => {
    const id = current()?.dataset["row"];
    if (id) onStar(id);
  });
  useShortcut("i", () => {
    const row = current();
    const id = row?.dataset["row"];
    if (!row || !id) return;
    // What is ignored goes out of sight: the focus goes on before it would be lost.
    const all = rows();
    const here = all.indexOf(row);
    focus(all[here + 1] ?? all[here - 1]);
    onIgnore(id);
  });
  useShortcut("u", onUndo);
}
