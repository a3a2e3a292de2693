"""The API describes itself truly: examples fit, and what goes wrong comes as it says."""

import re
from typing import Any

import httpx
import jsonschema_rs
import pytest
from pydantic import SecretStr

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import opened_parts
from hoistscraper.settings import Settings
from tests.api.acting import acting


@pytest.fixture
async def description(api: httpx.AsyncClient) -> dict[str, Any]:
    """What the API says of itself."""
    return dict((await api.get("/api/openapi.json")).json())


async def test_every_body_has_an_example_that_fits_its_schema(description: dict[str, Any]) -> None:
    checked = 0
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for media in json_bodies(operation):
                schema = media["schema"] | {"components": description["components"]}
                jsonschema_rs.validator_for(schema).validate(media["example"])
                checked += 1
            assert operation["summary"], (path, method)
            assert operation["description"], (path, method)
    assert checked > 30


def json_bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an operation declares of the JSON that it takes and gives."""
    parts = [operation.get("requestBody", {}), *operation["responses"].values()]
    kinds = ("application/json", "application/problem+json")
    return [media for part in parts for kind, media in part.get("content", {}).items() if kind in kinds]


async def test_an_example_can_be_sent_as_it_stands(
    api: httpx.AsyncClient, description: dict[str, Any]
) -> None:
    operation = description["paths"]["/api/websites"]["post"]
    example = operation["requestBody"]["content"]["application/json"]["example"]
    answer = await api.post("/api/websites", json=example)
    assert answer.status_code == 201, answer.text


async def test_what_goes_wrong_is_a_problem_document_everywhere(api: httpx.AsyncClient) -> None:
    missing = "/api/websites/0198c5f2-7a4b-7c3e-9d51-2f6b8e0a4d17"
    for status, answer in (
        (400, await api.post("/api/websites", content=b"\xff", headers={"Content-Type": "application/json"})),
        (404, await api.get(missing)),
        (404, await api.get("/api/nothing")),
        (404, await api.get("/nothing")),
        (405, await api.put("/api/websites")),
        (413, await api.post("/api/websites", content=b" " * 10_000_001)),
        (414, await api.get("/api/websites", params={"q": "x" * 4_001})),
        (422, await api.get("/api/websites/7")),
        (422, await api.post("/api/websites", content=b"{")),
    ):
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert (told["status"], told["detail"][-1], told["type"]) == (status, ".", "about:blank"), told
    assert "GET" in (await api.put("/api/websites")).headers["allow"]


async def test_a_body_that_does_not_say_how_large_it_is_is_refused_too(api: httpx.AsyncClient) -> None:
    async def much() -> Any:  # noqa: ANN401 - as httpx has it
        for _ in range(11):
            yield b" " * 1_000_000

    answer = await api.post("/api/websites", content=much())
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


async def test_a_database_that_is_gone_is_told_with_the_time_to_come_again() -> None:
    gone = Settings(
        database_url=SecretStr("postgresql://me:secret@127.0.0.1:1/x"), pool_wait_seconds=0.5, pool_size=1
    )
    async with opened_parts(gone) as parts:
        transport = httpx.ASGITransport(acting(build_app(parts)), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://hoist.test") as client:
            for path in ("/api/health/ready", "/api/websites", "/api/stats", "/api/settings"):
                answer = await client.get(path)
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "2"), path
                assert answer.headers["content-type"] == "application/problem+json"
                assert "secret" not in answer.text
            assert (await client.get("/api/health/live")).status_code == 200


async def test_the_page_of_explanations_loads_nothing_from_outside(api: httpx.AsyncClient) -> None:
    page = await api.get("/api/docs")
    assert page.status_code == 200
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert addresses
    for address in addresses:
        assert address.startswith("/api/docs/assets/"), address
        assert (await api.get(address)).status_code == 200
