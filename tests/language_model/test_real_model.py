"""A real model behind a real server: what it says is poor, and how it says it is the real thing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hoistscraper.database.engine import Database
from hoistscraper.language_model.answer import parse_answer
from hoistscraper.language_model.asking import PlainAsking
from hoistscraper.language_model.availability import Availability, Presence
from hoistscraper.language_model.client import ModelClient
from hoistscraper.language_model.consulting import Consultation, consult
from hoistscraper.language_model.errors import Declined
from hoistscraper.language_model.fields import GROUPS, METHOD
from hoistscraper.language_model.passages import passages_for
from hoistscraper.language_model.prompt import question_about
from hoistscraper.language_model.server import ModelServer, server_in
from hoistscraper.queue.consulting import server_asked
from hoistscraper.settings import Settings
from tests.language_model.pages import ROOF, Roofs, content_of, read
from tests.language_model.real import MISSING, is_there, real_model
from tests.queue.conftest import Queue, Until, patient, queue, until, working
from tests.queue.test_language_model import outcomes, until_asked

__all__ = ["patient", "queue", "until"]
pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(900),  # a poor model rarely comes to an end before its longest answer
    pytest.mark.skipif(not is_there(), reason=MISSING),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of a real model."""
    with real_model() as address:
        yield address


@pytest.fixture
def peer(url: str) -> ModelServer:
    """The model's server as the settings name it; ``server`` is the database's."""
    named = server_in(Settings(language_model_url=url, language_model_name="smollm2"))
    assert named is not None
    return named


async def test_it_answers_by_the_schema_and_tells_what_it_cost(peer: ModelServer) -> None:
    page = content_of("<main><h1>Roofs</h1><p>Deadline</p><p>15 March 2027</p></main>")
    group = GROUPS[1]
    question = question_about(group, passages_for(group, page, most_characters=500))
    async with ModelClient(peer, timeout_seconds=120) as client:
        reply = await client.ask(question)
    assert reply.tokens > 100
    # A grammar made of our schema steers each letter; a poor model may still not come to an end.
    assert reply.text.lstrip().startswith("{")
    assert '"amount"' in reply.text
    assert parse_answer(reply.text, group.fields) is not None or not reply.text.rstrip().endswith("}")


async def test_whatever_it_says_nothing_unproven_comes_of_it(peer: ModelServer) -> None:
    page, call = content_of(ROOF), read(ROOF)
    told = Consultation(call)
    async with ModelClient(peer, timeout_seconds=120) as client:
        asking = PlainAsking(client)
        await consult(told, page, asking.ask, most_characters=600)
    assert asking.questions > 0
    assert asking.tokens > 0
    for name, proof in told.candidate.evidence.items():
        if proof.method == METHOD:
            assert proof.quote in page.visible_text
        else:
            assert getattr(told.candidate, name) == getattr(call, name)


async def test_it_is_known_to_be_there_and_a_wrong_path_is_declined(peer: ModelServer) -> None:
    assert await Presence(peer).found_out() is Availability.ANSWERS
    lost = replace(peer, base=peer.base / "nowhere")
    async with ModelClient(lost, timeout_seconds=30) as client:
        with pytest.raises(Declined, match="status 404"):
            await client.ask(question_about(GROUPS[0], ()))


async def test_a_worker_asks_it_about_a_visited_page(
    patient: Settings, queue: Queue, until: Until, database: Database, url: str
) -> None:
    settings = patient.model_copy(update={"language_model_url": url, "language_model_name": "smollm2"})
    assert server_asked(settings) is not None
    async with Roofs().site() as site, working(settings):
        await until((await queue(site.url())).job_id)
        await until_asked(database)
    told = await outcomes(database)
    assert set(told) <= {"answered", "unusable"}
    assert sum(told.values()) >= 2
