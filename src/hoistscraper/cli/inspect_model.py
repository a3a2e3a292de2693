"""``hoistscraper inspect --language-model``: what a model adds to one page, and what that costs."""

from dataclasses import dataclass, replace
from datetime import date

from hoistscraper.errors import Invalid
from hoistscraper.extraction.content import Content
from hoistscraper.language_model.asking import PlainAsking
from hoistscraper.language_model.client import ModelClient
from hoistscraper.language_model.consulting import Consultation, consult
from hoistscraper.language_model.server import server_in
from hoistscraper.reading.read import document_of
from hoistscraper.reading.values import Reading
from hoistscraper.settings import Settings


@dataclass(frozen=True, slots=True)
class Inspected:
    """A page that was read, and what it was read from."""

    reading: Reading
    content: bytes
    charset: str | None = None


async def with_a_model(seen: Inspected, settings: Settings, *, today: date) -> tuple[Reading, str]:
    """Return the reading with what a model adds, and a sentence that says which values those are.

    :raises Invalid: the settings name no model.
    :raises ModelFailure: the model gave no answer.
    """
    server = server_in(settings)
    if server is None or server.model is None:
        raise Invalid(
            "No language model is named; set OLLAMA_HOST (or HOIST_LANGUAGE_MODEL_URL) and "
            "HOIST_LANGUAGE_MODEL_NAME."
        )
    call = seen.reading.opportunity
    if call is None:
        return seen.reading, "The language model was not asked: this is not the page of one call."
    document = document_of(seen.content, url=seen.reading.url, charset=seen.charset)
    consultation = Consultation(call)
    async with ModelClient(server, timeout_seconds=settings.language_model_timeout_seconds) as client:
        asking = PlainAsking(client)
        most = settings.language_model_page_characters
        await consult(consultation, Content(document, today), asking.ask, most_characters=most)
    reading = replace(seen.reading, opportunity=consultation.candidate)
    return reading, _in_words(server.model, consultation, asking)


def _in_words(model: str, consultation: Consultation, asking: PlainAsking) -> str:
    if not asking.questions:
        return "The language model was not asked: nothing is missing that this page could prove."
    cost = f"questions: {asking.questions}, tokens: {asking.tokens}"
    if not consultation.given:
        return f"{model} added nothing that the page proves ({cost})."
    return f"From {model}: {', '.join(consultation.given)} ({cost})."
