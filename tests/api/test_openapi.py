"""What the API declares is what it does: every operation, whoever asks, with whatever a stranger may send."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
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
from schemathesis.schemas import BaseSchema

from hoistscraper.accounts.roles import Role
from hoistscraper.database.engine import open_database
from hoistscraper.settings import Settings
from tests.api.people import add_person, add_token, bearer
from tests.api.server import api_process
from tests.database.server import database_from

Headers = dict[str, str]
MANY = 100
ENDLESS = "/api/scrape-jobs/events"
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


async def tokens(of: Settings) -> dict[Role | None, Headers]:
    """Make a user and a token of each role."""
    found: dict[Role | None, Headers] = {None: {}}
    async with open_database(of) as database:
        for role in Role:
            user = await add_person(database, role, password=None)
            found[role] = bearer(await add_token(database, user, role))
    return found


@pytest.fixture(scope="module")
def served(server: str, template: str) -> Iterator[Served]:
    """A server with a database of its own, and tokens of each role."""
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    with database_from(server, template=name) as url, api_process(url) as address:
        yield Served(address, asyncio.run(tokens(Settings(database_url=SecretStr(url)))))


@pytest.fixture(scope="module")
def declared(served: Served) -> BaseSchema:
    """What the server says of itself."""
    return schemathesis.openapi.from_url(
        f"{served.address}/api/openapi.json", headers=served.headers[Role.VIEWER]
    )


def test_answers_are_as_declared(declared: BaseSchema, served: Served) -> None:
    try_everything(declared, served.headers[Role.ADMINISTRATOR], examples=8)


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_answers_are_as_declared_to_who_may_do_less(
    declared: BaseSchema, served: Served, role: Role | None
) -> None:
    try_everything(declared, served.headers[role], examples=1)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("role", [None, *Role])
def test_answers_are_as_declared_whatever_is_sent(
    declared: BaseSchema, served: Served, role: Role | None
) -> None:
    try_everything(declared, served.headers[role], examples=300 if role is Role.ADMINISTRATOR else MANY)


def try_everything(declared: BaseSchema, headers: Headers, *, examples: int) -> None:
    """Send so many requests to each operation, right ones and wrong ones."""
    tried = 0
    for found in declared.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        try_one(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), headers, examples)
        if list(operation.iter_parameters()):
            try_one(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), headers, examples)
        tried += 1
    assert tried > 20


def try_one(cases: SearchStrategy[Case[Any]], headers: Headers, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples < MANY,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def call(case: Case[Any]) -> None:
        if case.path == "/api/websites/preview" and isinstance(case.body, dict) and "url" in case.body:
            # The guard refuses this address; no website of a stranger is looked at.
            case.body["url"] = "http://127.0.0.1/"
        case.call_and_validate(checks=CHECKS, headers=headers)

    call()
