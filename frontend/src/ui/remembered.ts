import { useSyncExternalStore } from "react";

interface Remembered<T extends string> {
  get(): T | null;
  set(value: T | null): void;
  use(): T | null;
}

/** A choice that this browser remembers, in all of its windows. Where nothing can be stored, it lasts a visit. */
export function remembered<T extends string>(name: string, isKnown: (text: string) => boolean): Remembered<T> {
  const listeners = new Set<() => void>();
  let inMemory: string | null = null;
  // What was judged last: whoever shows it asks each time they are drawn.
  let judged: string | null = null;
  let value: T | null = null;

  function get(): T | null {
    let text = inMemory;
    try {
      text = localStorage.getItem(name) ?? inMemory;
    } catch {
      // Storage is switched off here.
    }
    if (text !== judged) {
      judged = text;
      value = text !== null && isKnown(text) ? (text as T) : null;
    }
    return value;
  }

  function set(value: T | null): void {
    inMemory = value;
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // Storage is switched off here.
    }
    listeners.forEach((listener) => listener());
  }

  function subscribe(listener: () => void): () => void {
    const elsewhere = (event: StorageEvent) => {
      if (event.key === name) listener();
    };
    listeners.add(listener);
    window.addEventListener("storage", elsewhere);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", elsewhere);
    };
  }

  return { get, set, use: () => useSyncExternalStore(subscribe, get, () => null) };
}
