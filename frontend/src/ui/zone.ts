import { useSyncExternalStore } from "react";

import { remembered } from "./remembered";

const NONE: readonly string[] = [];
let zones: readonly string[] = NONE;

function never(): () => void {
  return () => undefined;
}

function readZones(): readonly string[] {
  if (zones === NONE) zones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])];
  return zones;
}

/** Return every time zone that the browser knows by name; none while the page is being built. */
export function useKnownZones(): readonly string[] {
  return useSyncExternalStore(never, readZones, () => NONE);
}

/** Return the time zone of the computer; an empty name while the page is being built. */
export function useOwnZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "",
  );
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The time zone that times are shown in; null: that of the computer. */
export const chosenZone = remembered<string>("hoist.zone", isZone);
