import { useEffect, useRef, useState } from "react";

const SETTLED_MILLISECONDS = 400;

/**
 * Keep what is being typed, and commit it once typing pauses. When the committed value changes from elsewhere
 * (back, a link, "clear"), the field shows that.
 */
export function useSettled(
  committed: string,
  commit: (value: string) => void,
): [typed: string, type: (value: string) => void, settle: (value: string) => void] {
  const [typed, setTyped] = useState(committed);
  const [shown, setShown] = useState(committed);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (committed !== shown) {
    setShown(committed);
    if (committed !== typed.trim()) setTyped(committed);
  }
  function settle(value: string): void {
    clearTimeout(timer.current);
    commit(value.trim());
  }
  function type(value: string): void {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(value), SETTLED_MILLISECONDS);
  }
  return [typed, type, settle];
}
