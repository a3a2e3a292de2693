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
