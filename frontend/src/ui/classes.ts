/** Join class names; what is no name falls away: `classes("a", isOpen && "b")`. */
export function classes(...names: readonly unknown[]): string {
  return names.filter((name) => typeof name === "string" && name !== "").join(" ");
}
