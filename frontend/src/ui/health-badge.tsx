import { useT } from "@/words/provider";

import { Badge, type Tone } from "./badge";

const TONES: Record<string, Tone> = { green: "good", amber: "warn", red: "bad" };
const WORDS = { green: "health.green", amber: "health.amber", red: "health.red" } as const;

/** How a website is doing, in words; null: it was not visited yet. */
export function HealthBadge({ health }: { health: string | null }) {
  const t = useT();
  const key = health && health in WORDS ? WORDS[health as keyof typeof WORDS] : "health.unvisited";
  return <Badge tone={health ? (TONES[health] ?? "neutral") : "neutral"}>{t(key)}</Badge>;
}
