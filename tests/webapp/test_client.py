"""The web app's client knows the API as it is."""

import httpx
from client import SCHEMA, description, mark

from tests.api.conftest import api, parts

__all__ = ["api", "parts"]


def test_the_types_of_the_client_are_those_of_the_api() -> None:
    written = SCHEMA.read_text().partition("\n")[0]
    assert written == mark(description()), "the API changed: run make web-client"


async def test_the_types_are_made_of_what_the_api_serves(api: httpx.AsyncClient) -> None:
    served = (await api.get("/api/openapi.json")).json()
    assert sorted(served["paths"]) == sorted(description()["paths"])
