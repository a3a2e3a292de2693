import { Monitor, Moon, Sun } from "lucide-react";

import { IconButton } from "@/ui/button";
import { chosenLanguage, useLanguage, useT } from "@/words/provider";
import { LANGUAGES, type Language } from "@/words/words";

import { chosenTheme, THEMES } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const NAMES = { system: "theme.system", light: "theme.light", dark: "theme.dark" } as const;

/** Goes round: as the system, light, dark. */
export function ThemeSwitch() {
  const t = useT();
  const theme = chosenTheme.use() ?? "system";
  const Icon = ICONS[theme];
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  return (
    <IconButton label={t("theme.switch", { name: t(NAMES[theme]) })} onClick={() => chosenTheme.set(next)}>
      <Icon aria-hidden className="size-4" />
    </IconButton>
  );
}

export function LanguageSwitch() {
  const t = useT();
  const language = useLanguage();
  return (
    <select
      aria-label={t("language")}
      value={language}
      onChange={(event) => chosenLanguage.set(event.target.value as Language)}
      className="text-muted hover:bg-hover hover:text-ink bg-surface h-8 w-20 rounded-md px-1 text-sm md:w-auto"
    >
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
