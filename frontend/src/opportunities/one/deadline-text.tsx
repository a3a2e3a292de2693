import { DateText } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import { PrintedDeadline } from "../closes";
import { timeOfDay } from "../deadline";
import type { Whole } from "../queries";

/** A deadline as the page prints it, in the zone that it states, and as the reader's clock will show it. */
export function Deadline({ call }: { call: Whole }) {
  const t = useT(opportunity);
  if (!call.deadline) return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <p>
        <span className="font-semibold">
          <PrintedDeadline deadline={call.deadline} />
        </span>{" "}
        <span className="text-muted text-sm">
          {call.deadline_timezone ? t("deadline.zone", { zone: call.deadline_timezone }) : t("deadline.no_zone")}
        </span>
      </p>
      {call.closes_at && (
        <p className="text-muted text-sm">
          {timeOfDay(call.deadline) ? t("deadline.yours") : t("deadline.until")}{" "}
          <DateText at={call.closes_at} isRelative={false} /> ({zone})
        </p>
      )}
    </>
  );
}
