import { Mail, Phone } from "lucide-react";

import { Day, Money } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import { useNames } from "../names";
import type { Whole } from "../queries";
import { Deadline } from "./deadline-text";
import { Fact } from "./fact";

/** What is known of a call. What matters to every applicant is named also where no page states it. */
export function Facts({ call }: { call: Whole }) {
  const t = useT(opportunity);
  const nameOf = useNames();
  return (
    <dl className="card">
      <Fact name={t("field.deadline")} fields={["deadline"]} call={call}>
        {call.deadline && <Deadline call={call} />}
      </Fact>
      <Fact name={t("field.amount")} fields={["amount_max", "amount_min"]} call={call}>
        {(call.amount_min !== null || call.amount_max !== null) && (
          <Money min={call.amount_min} max={call.amount_max} currency={call.currency} />
        )}
      </Fact>
      <Fact name={t("field.eligibility")} fields={["eligibility"]} call={call}>
        {call.eligibility && <Prose text={call.eligibility} />}
      </Fact>
      <Fact name={t("field.organisation")} fields={["organisation"]} call={call}>
        {call.organisation}
      </Fact>
      <Fact name={t("field.status")} fields={["status"]} call={call}>
        {nameOf("status", call.status, call.status)}
      </Fact>
      {call.opening_date && (
        <Fact name={t("field.opening_date")} fields={["opening_date"]} call={call}>
          <Day day={call.opening_date} />
        </Fact>
      )}
      {call.other_dates.length > 0 && (
        <Fact name={t("field.other_dates")} fields={["other_dates"]} call={call}>
          <ul>
            {call.other_dates.map((other, index) => (
              <li key={index}>
                {String(other["name"])}: <Day day={String(other["date"])} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name={t("field.reference_number")} fields={["reference_number"]} call={call}>
        {call.reference_number && <span className="font-mono text-sm">{call.reference_number}</span>}
      </Fact>
      {call.location && (
        <Fact name={t("field.location")} fields={["location"]} call={call}>
          {call.location}
        </Fact>
      )}
      {call.categories.length > 0 && (
        <Fact name={t("field.categories")} fields={["categories"]} call={call}>
          {call.categories.join(" · ")}
        </Fact>
      )}
      <Contact call={call} />
      {call.summary && (
        <Fact name={t("field.summary")} fields={["summary"]} call={call}>
          <Prose text={call.summary} />
        </Fact>
      )}
    </dl>
  );
}

function Contact({ call }: { call: Whole }) {
  const t = useT(opportunity);
  if (!call.contact_name && !call.contact_email && !call.contact_phone) return null;
  return (
    <Fact name={t("field.contact")} fields={["contact_email", "contact_phone", "contact_name"]} call={call}>
      <ul className="grid gap-0.5">
        {call.contact_name && <li>{call.contact_name}</li>}
        {call.contact_email && (
          <li>
            <a className="text-accent inline-flex items-center gap-1.5 hover:underline" href={`mailto:${call.contact_email}`}>
              <Mail aria-hidden className="size-3.5" />
              {call.contact_email}
            </a>
          </li>
        )}
        {call.contact_phone && (
          <li>
            <a
              className="text-accent inline-flex items-center gap-1.5 hover:underline"
              href={`tel:${call.contact_phone.replace(/[^\d+]/g, "")}`}
            >
              <Phone aria-hidden className="size-3.5" />
              {call.contact_phone}
            </a>
          </li>
        )}
      </ul>
    </Fact>
  );
}

function Prose({ text }: { text: string }) {
  return <p className="max-w-prose whitespace-pre-line">{text}</p>;
}
