import { useShortcut } from "@/ui/shortcuts";

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")];
}

function step(by: 1 | -1): void {
  const all = rows();
  const here = all.findIndex((row) => row === document.activeElement);
  const next = here === -1 ? (by === 1 ? all[0] : all[all.length - 1]) : all[here + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.closest("li")?.scrollIntoView({ block: "nearest" });
}

/** Go through a list by keyboard: j and k move the focus, Enter opens by itself, o does as well. */
export function useTriage(): void {
  useShortcut("j", () => step(1));
  useShortcut("k", () => step(-1));
  useShortcut("o", () => {
    const row = document.activeElement;
    if (row instanceof HTMLElement && row.dataset["row"] !== undefined) row.click();
  });
}
