"""What the API declares is what it does: every operation, whoever asks, with whatever a stranger may send."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import SecretStr
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation, BaseSchema

from hoistscraper.accounts.roles import Role
from hoistscraper.api.access import ACCESS
from hoistscraper.database.engine import open_database
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import Settings
from tests.api.people import add_person, add_token, bearer
from tests.api.server import api_process
from tests.database.server import database_from
from tests.sites.calls import CallsWebsite, some_calls

pytestmark = pytest.mark.timeout(600)

Headers = dict[str, str]
MANY, SOME, FEW, ONE = 40, 8, 4, 1
"""Requests of either kind, right and wrong, to each operation."""
ENDLESS = "/api/scrape-jobs/events"
# These would ask websites of strangers, or take away what is there from those who come after.
NOT_WITH_WHAT_IS_THERE = {"test_log_in", "remove_website"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@dataclass(frozen=True)
class Served:
    """Where a server answers, and what the programs of each role send along; a stranger's send nothing."""

    address: str
    headers: dict[Role | None, Headers]

    def what_is_there(self) -> dict[str, str]:
        """Return ids of what was found, by their names in paths."""
        asked = {
            "website_id": "/api/websites?limit=1",
            "job_id": "/api/scrape-jobs?status=completed&limit=1",
            "opportunity_id": "/api/opportunities?limit=1",
        }
        with httpx.Client(base_url=self.address, headers=self.headers[Role.ADMINISTRATOR]) as api:
            told = {name: api.get(path).json()["items"] for name, path in asked.items()}
        return {name: items[0]["id"] for name, items in told.items() if items}


async def filled(of: Settings) -> dict[Role | None, Headers]:
    """Find some calls; make a user and a token of each role."""
    found: dict[Role | None, Headers] = {None: {}}
    async with open_database(of) as database:
        async with OneBrowser(of) as browser, CallsWebsite(some_calls(3)).site() as site:
            assert (await Scraper(of, database, browser).scrape(site.url())).new == 3
        for role in Role:
            user = await add_person(database, role, password=None)
            found[role] = bearer(await add_token(database, user, role))
    return found


@pytest.fixture(scope="module")
def served(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a database of its own that holds a few calls, and tokens of each role."""
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    folder = tmp_path_factory.mktemp("data")
    with database_from(server, template=name) as url:
        headers = asyncio.run(filled(_settings(url, folder)))
        with api_process(url, HOIST_DATA_DIR=str(folder)) as address:
            served = Served(address, headers)
            assert len(served.what_is_there()) == 3
            yield served


def _settings(url: str, folder: Path) -> Settings:
    opened = frozenset({"127.0.0.1"})
    return Settings(database_url=SecretStr(url), data_dir=folder, allow_hosts=opened, pace_seconds=0)


@pytest.fixture(scope="module")
def declared(served: Served) -> BaseSchema:
    """What the server says of itself."""
    return schemathesis.openapi.from_url(
        f"{served.address}/api/openapi.json", headers=served.headers[Role.VIEWER]
    )


def test_answers_are_as_declared(declared: BaseSchema, served: Served) -> None:
    answered = try_everything(declared, served, Role.ADMINISTRATOR, dict.fromkeys(ACCESS, SOME))
    # Answers about what is there were judged, and not only those that say that it is not.
    assert {
        "read_opportunity",
        "read_opportunity_history",
        "read_website",
        "read_usual",
        "read_scrape_job",
        "read_scrape_job_log",
    } <= answered


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_answers_are_as_declared_to_who_may_do_less(
    declared: BaseSchema, served: Served, role: Role | None
) -> None:
    try_everything(declared, served, role, dict.fromkeys(ACCESS, ONE))


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("role", [None, *Role])
def test_answers_are_as_declared_whatever_is_sent(
    declared: BaseSchema, served: Served, role: Role | None
) -> None:
    # At length by administrators, and by who may just do it; who may not is refused before it is read.
    at_length = {name for name, needed in ACCESS.items() if role in {needed, Role.ADMINISTRATOR}}
    examples = {name: MANY if name in at_length else FEW for name in ACCESS}
    try_everything(declared, served, role, examples, at_random=True)


def try_everything(
    declared: BaseSchema,
    served: Served,
    role: Role | None,
    examples: Mapping[str, int],
    *,
    at_random: bool = False,
) -> set[str]:
    """Send so many requests to each operation, right ones and wrong ones; return those that did something."""
    tried, answered = set(), set()
    for found in declared.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        name = operation.definition.raw["operationId"]
        there = {} if name in NOT_WITH_WHAT_IS_THERE else served.what_is_there()
        for cases in _cases(operation):
            if try_one(cases, served.headers[role], there, examples[name], at_random=at_random):
                answered.add(name)
        tried.add(name)
    assert len(ACCESS.keys() - tried) < 5
    return answered


def _cases(operation: APIOperation[Any, Any, Any, Any]) -> Iterator[SearchStrategy[Case[Any]]]:
    yield operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if list(operation.iter_parameters()):
        yield operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def try_one(
    cases: SearchStrategy[Case[Any]],
    headers: Headers,
    there: Mapping[str, str],
    examples: int,
    *,
    at_random: bool,
) -> bool:
    """Send requests, half of them about something that is there; say whether one was not refused."""
    statuses = set()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not at_random,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.booleans())
    def call(case: Case[Any], is_about_something: bool) -> None:  # noqa: FBT001 - given by the library
        if is_about_something:
            case.path_parameters.update({name: there[name] for name in case.path_parameters if name in there})
        if case.path == "/api/websites/preview" and isinstance(case.body, dict) and "url" in case.body:
            # The guard refuses this address; no website of a stranger is looked at.
            case.body["url"] = "http://127.0.0.1/"
        statuses.add(case.call_and_validate(checks=CHECKS, headers=headers).status_code)

    call()
    return any(status < 300 for status in statuses)
