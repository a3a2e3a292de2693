import { Input } from "@/ui/field";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

/** Schedules as the server reads them, in English, each with the words that a person chooses it by. */
const OFFERS = [
  { schedule: "", word: "schedule.asked" },
  { schedule: "every 6 hours", word: "schedule.six_hours" },
  { schedule: "daily at 07:00", word: "schedule.daily" },
  { schedule: "weekdays 06:00-08:00", word: "schedule.weekdays" },
  { schedule: "weekly on monday at 07:00", word: "schedule.weekly" },
  { schedule: "adaptive", word: "schedule.adaptive" },
] as const;

interface Props {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** When a website is visited, as words: some to choose, or one's own. */
export function ScheduleField({ value, onChange, error }: Props) {
  const t = useT(websites);
  return (
    <div className="grid gap-1.5">
      <Input
        label={t("website.schedule")}
        hint={t("website.schedule_hint")}
        error={error}
        value={value}
        placeholder={t("schedule.asked")}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      <div role="group" aria-label={t("website.schedule_offers")} className="flex flex-wrap gap-1">
        {OFFERS.map(({ schedule, word }) => (
          <button
            key={word}
            type="button"
            aria-pressed={value.trim() === schedule}
            onClick={() => onChange(schedule)}
            className="border-line text-muted hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-strong min-h-6 rounded-md border px-2 text-xs"
          >
            {t(word)}
          </button>
        ))}
      </div>
    </div>
  );
}
