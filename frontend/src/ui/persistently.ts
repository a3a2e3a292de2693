const PAUSE_MILLISECONDS = 2_000;

/**
 * Load a part of the app that is not here yet, again and again until it comes: a server that is away for a moment
 * must not cost the page.
 */
export async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}

/** The same for what a page always shows: it is under way as soon as the page's own script is there. */
export function ahead<T>(load: () => Promise<T>): () => Promise<T> {
  if (typeof window !== "undefined") load().catch(() => undefined);
  return () => persistently(load);
}
