import { useState } from "react";

/**
 * Show a choice at once, and what the address says of it as soon as it does: a page follows its address a moment
 * later, and until then a control would jump back.
 */
export function useShown<T>(told: T): [shown: T, show: (value: T) => void] {
  const [shown, show] = useState(told);
  const [last, setLast] = useState(told);
  if (told !== last) {
    setLast(told);
    show(told);
  }
  return [shown, show];
}
