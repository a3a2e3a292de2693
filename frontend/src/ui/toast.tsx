import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { persistently } from "./persistently";

/** What came of an action. */
export interface Told {
  text: string;
  kind: "done" | "failed";
  /** What can be done about it, such as taking it back. */
  action?: { name: string; act: () => void } | undefined;
}

const Toasts = dynamic(() => persistently(() => import("./toasts")), { ssr: false });
const listeners = new Set<() => void>();
let waiting: readonly Told[] = [];
let hasTold = false;

function change(told: readonly Told[]): void {
  waiting = told;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tell in a corner what came of an action; screen readers say it, too. */
export function tell(text: string, kind: Told["kind"] = "done", action?: Told["action"]): void {
  hasTold = true;
  change([...waiting, { text, kind, action }]);
}

/** Return what was told and is not shown yet, and take it. */
export function takeTold(): readonly Told[] {
  const taken = waiting;
  if (taken.length > 0) change([]);
  return taken;
}

export function useWaiting(): readonly Told[] {
  return useSyncExternalStore(
    subscribe,
    () => waiting,
    () => waiting,
  );
}

/** Where they show. What shows them loads with the first. */
export function ToastCorner() {
  const isNeeded = useSyncExternalStore(
    subscribe,
    () => hasTold,
    () => false,
  );
  return isNeeded && <Toasts />;
}
