/** Wait until what is drawn now is on the screen. */
export function painted(): Promise<unknown> {
  const frames = new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  // A page that is not looked at has no frames.
  return Promise.race([frames, new Promise((resolve) => setTimeout(resolve, 100))]);
}
