"""What the pages call things, in their languages."""

from dataclasses import dataclass

from hoistscraper.sample_portal.calls import Call, Language, Outcome
from hoistscraper.sample_portal.wording import (
    amount_in_words,
    day_in_words,
    deadline_in_words,
    email_in_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The names of a call's fields in one language."""

    organisation: str
    reference: str
    status: str
    opens: str
    deadline: str
    amount: str
    eligibility: str
    topics: str
    contact: str
    email: str
    phone: str
    rolling: str
    home: str
    calls: str


LABELS: dict[Language, Labels] = {
    "en": Labels(
        organisation="Organisation", reference="Reference number", status="Status", opens="Opening date",
        deadline="Application deadline", amount="Funding amount", eligibility="Who can apply",
        topics="Topics", contact="Contact", email="E-mail", phone="Telephone", home="Home", calls="Calls",
        rolling="Rolling: applications are accepted at any time",
    ),
    "fr": Labels(
        organisation="Organisme", reference="Référence", status="Statut", opens="Date d’ouverture",
        deadline="Date limite de candidature", amount="Montant", eligibility="Qui peut candidater",
        topics="Thèmes", contact="Contact", email="Courriel", phone="Téléphone", home="Accueil",
        calls="Appels", rolling="Au fil de l’eau",
    ),
    "de": Labels(
        organisation="Fördergeber", reference="Aktenzeichen", status="Status", opens="Antragsbeginn",
        deadline="Antragsfrist", amount="Fördersumme", eligibility="Antragsberechtigt", topics="Themen",
        contact="Ansprechpartnerin", email="E-Mail", phone="Telefon", home="Startseite",
        calls="Ausschreibungen", rolling="Laufend",
    ),
}  # fmt: skip
_OUTCOMES: dict[Language, dict[Outcome, str]] = {
    "en": {
        Outcome.OPEN: "Open",
        Outcome.FORTHCOMING: "Forthcoming",
        Outcome.CLOSED: "Closed",
        Outcome.AWARDED: "Awarded",
    },
    "fr": {Outcome.OPEN: "Ouvert"},
    "de": {Outcome.OPEN: "Offen"},
}


def facts(call: Call) -> list[tuple[str, str]]:
    """Return label and value of all that a call states, in the language of its page, as plain text."""
    labels, organisation = LABELS[call.language], call.organisation
    return [
        (labels.organisation, organisation.name),
        (labels.reference, call.reference),
        *_state(call, labels),
        *((name, day_in_words(day, organisation, call.language)) for name, day in call.other_dates),
        (labels.deadline, deadline_text(call)),
        *_worth(call, labels),
        (labels.eligibility, call.eligibility),
        (labels.topics, ", ".join(call.topics)),
        (labels.contact, organisation.contact),
        (labels.email, email_in_words(organisation)),
        (labels.phone, organisation.phone),
    ]


def deadline_text(call: Call) -> str:
    """Return the deadline as the page's language has it, or that there is none."""
    if call.deadline is None:
        return LABELS[call.language].rolling
    return deadline_in_words(call.deadline, call.organisation, call.language)


def outcome_text(call: Call) -> str | None:
    """Return the word for what has become of the call; none for the one that nobody marked."""
    return _OUTCOMES[call.language].get(call.outcome)


def _state(call: Call, labels: Labels) -> list[tuple[str, str]]:
    outcome = outcome_text(call)
    stated = [(labels.status, outcome)] if outcome else []
    if call.opens:
        stated.append((labels.opens, day_in_words(call.opens, call.organisation, call.language)))
    return stated


def _worth(call: Call, labels: Labels) -> list[tuple[str, str]]:
    amount = amount_in_words(call, call.language)
    label = "Contract value" if call.kind == "tender" else labels.amount
    return [(label, amount)] if amount else []
