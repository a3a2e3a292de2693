import { Badge } from "@/ui/badge";
import { useNow } from "@/ui/now";
import { Day } from "@/ui/values";
import { useT } from "@/words/provider";

import { closingOf, timeOfDay } from "./deadline";
import type { Row } from "./queries";

type Call = Pick<Row, "status" | "closes_at" | "deadline" | "opening_date">;

/** How long one may still apply, in words. */
export function ClosesBadge({ call }: { call: Pick<Call, "status" | "closes_at"> }) {
  const t = useT();
  const closing = closingOf(call, useNow());
  switch (closing.kind) {
    case "closed":
      return <Badge>{t("closes.closed")}</Badge>;
    case "forthcoming":
      return <Badge tone="accent">{t("status.forthcoming")}</Badge>;
    case "none":
      return <Badge>{t("closes.none")}</Badge>;
    case "hours":
      return <Badge tone="bad">{t("closes.hours", { count: closing.count })}</Badge>;
    case "days":
      return <Badge tone={closing.isSoon ? "warn" : "good"}>{t("closes.days", { count: closing.count })}</Badge>;
  }
}

/** A deadline as its page prints it: a day, and a time of day where one is stated. */
export function PrintedDeadline({ deadline }: { deadline: string }) {
  const time = timeOfDay(deadline);
  return (
    <span className="numbers">
      <Day day={deadline} />
      {time && `, ${time}`}
    </span>
  );
}
