"""What is asked for in a query, read at once."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "query.limit"),
        ("colour=red", "query.colour"),
        ("status=open&status=ajar", "query.status.1"),
        ("closes_from=soon", "query.closes_from"),
        ("q=a%00b", "query.q"),
    ],
)
async def test_each_parameter_that_is_wrong_is_named(api: httpx.AsyncClient, query: str, named: str) -> None:
    answer = await api.get(f"/api/opportunities?{query}")
    assert answer.status_code == 422
    assert [cause["location"] for cause in answer.json()["causes"]] == [named]


async def test_what_may_be_given_again_is_a_list_and_of_the_rest_the_last_counts(
    api: httpx.AsyncClient,
) -> None:
    answer = await api.get("/api/opportunities?status=open&status=closed&limit=0&limit=3&total=true")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"items": [], "next": None, "total": {"count": 0, "is_exact": True}}


async def test_every_parameter_is_documented(api: httpx.AsyncClient) -> None:
    operations = (await api.get("/api/openapi.json")).json()["paths"]
    documented = {each["name"]: each for each in operations["/api/opportunities"]["get"]["parameters"]}
    assert {"q", "status", "sort", "limit", "cursor"} <= set(documented)
    assert documented["status"]["schema"]["items"]["enum"] == ["open", "closed", "forthcoming", "unknown"]
    assert "cursor" not in {
        each["name"] for each in operations["/api/opportunities/count"]["get"]["parameters"]
    }
