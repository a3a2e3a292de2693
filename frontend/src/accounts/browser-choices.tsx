import { Select } from "@/ui/field";
import { chosenTheme, THEMES, type Theme } from "@/ui/shell/theme";
import { chosenZone, useKnownZones, useOwnZone } from "@/ui/zone";
import { accounts } from "@/words/en/accounts";
import { chosenLanguage, useLanguage, useT } from "@/words/provider";
import { LANGUAGES, type Language } from "@/words/words";

const THEME_NAMES = { system: "theme.system", light: "theme.light", dark: "theme.dark" } as const;

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How this browser shows things; nobody else's does for it. */
export function BrowserChoices() {
  const t = useT(accounts);
  const language = useLanguage();
  const theme = chosenTheme.use() ?? "system";
  const zone = chosenZone.use() ?? "";
  const own = useOwnZone();
  const zones = useKnownZones();
  return (
    <div className="grid gap-3 px-4 pb-4">
      <Select
        label={t("language")}
        value={language}
        options={Object.entries(LANGUAGES).map(([value, name]) => ({ value, name }))}
        onChoose={(chosen) => chosenLanguage.set(chosen as Language)}
      />
      <Select
        label={t("profile.theme")}
        value={theme}
        options={THEMES.map((value) => ({ value, name: capitalised(t(THEME_NAMES[value])) }))}
        onChoose={(chosen) => chosenTheme.set(chosen as Theme)}
      />
      <Select
        label={t("profile.zone")}
        hint={t("profile.zone_what")}
        value={zone}
        options={[
          { value: "", name: t("profile.zone_own", { zone: own }) },
          ...zones.map((value) => ({ value, name: value.replaceAll("_", " ") })),
        ]}
        onChoose={(chosen) => chosenZone.set(chosen || null)}
      />
    </div>
  );
}
