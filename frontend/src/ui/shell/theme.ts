import { useEffect } from "react";

import { remembered } from "@/ui/remembered";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const chosenTheme = remembered<Theme>("hoist.theme", (text) => (THEMES as readonly string[]).includes(text));

/** Keep the page in the theme that was chosen; as the system has it where nothing was. */
export function useAppliedTheme(): void {
  const theme = chosenTheme.use() ?? "system";
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      document.documentElement.dataset["theme"] = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    };
    apply();
    dark.addEventListener("change", apply);
    return () => dark.removeEventListener("change", apply);
  }, [theme]);
}
