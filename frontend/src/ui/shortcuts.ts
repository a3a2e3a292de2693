import { useEffectEvent, useLayoutEffect } from "react";

const TYPED_INTO = "input, textarea, select, [contenteditable='true']";

/** Do something when a single key is pressed, except while somebody types, or a dialog is open. */
export function useShortcut(key: string, act: (event: KeyboardEvent) => void): void {
  const run = useEffectEvent(act);
  // Before it is painted: what one sees answers.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return;
      // What is told in a corner has this role, too, and keeps nobody from anything.
      if (document.querySelector("[role='dialog']:not([data-toast])")) return;
      event.preventDefault();
      run(event);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [key]);
}
