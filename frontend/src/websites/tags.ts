/** Return the tags that somebody typed, parted by commas or semicolons as in files; none twice. */
export function tagsOf(typed: string): string[] {
  return [...new Set(typed.split(/[,;]/).map((tag) => tag.trim()).filter(Boolean))];
}
