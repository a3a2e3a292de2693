"""Log-ins of websites: they come in, are tried, and never come out again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import Parts, opened_parts
from hoistscraper.settings import Settings
from tests.api.acting import acting
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.members import (
    API_KEY,
    PASSWORD,
    USER,
    FormSite,
    Members,
    MembersSite,
    basic_header,
    by_cookie,
    by_header,
)
from tests.sites.server import Site

STEPS = 'fill "#one two" reader\nfill input[name="a b"] (asked)\nclick button[type=submit]\nwait .welcome 10'


@pytest.fixture
async def own_parts(settings: Settings, tmp_path: Path) -> AsyncIterator[Parts]:
    """What the routes work with: websites of this machine may be asked, the key has a folder of its own."""
    own = settings.model_copy(
        update={"allow_hosts": frozenset({"127.0.0.1"}), "data_dir": tmp_path, "pace_seconds": 0.0}
    )
    async with opened_parts(own) as parts:
        yield parts


@pytest.fixture
async def own(own_parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """A client of it."""
    transport = httpx.ASGITransport(acting(build_app(own_parts)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://hoist.test", timeout=60) as client:
        yield client


async def watched(api: httpx.AsyncClient, site: Site) -> str:
    """Add a website; return where its log-in is."""
    answer = await api.post("/api/websites", json={"url": site.url()})
    assert answer.status_code == 201, answer.text
    return f"/api/websites/{answer.json()['id']}/login"


def basic_site() -> MembersSite:
    return MembersSite(CallsWebsite(some_calls(3)), Members(by_header("Authorization", basic_header())))


async def test_a_log_in_is_set_tested_replaced_and_forgotten(own: httpx.AsyncClient) -> None:
    async with basic_site() as site:
        place = await watched(own, site)
        none = (await own.get(place)).json()
        assert (none["kind"], none["settings"], none["failed_reason"]) == (None, None, None)
        missing = await own.post(f"{place}/test")
        assert (missing.status_code, "No log-in is stored" in missing.json()["detail"]) == (404, True)

        wrong = {"kind": "basic", "user": USER, "password": "wrong"}
        assert (await own.put(place, json=wrong)).status_code == 200
        trial = (await own.post(f"{place}/test")).json()
        assert trial["is_let_in"] is False
        assert "does not let us in with the user name and password" in trial["error"]
        told = (await own.get(place)).json()
        assert (told["kind"], told["failures"], told["is_given_up"]) == ("basic", 1, False)
        assert "does not let us in" in told["failed_reason"]

        right = wrong | {"password": PASSWORD}
        assert (await own.put(place, json=right)).json()["failures"] == 0
        trial = (await own.post(f"{place}/test")).json()
        assert (trial["is_let_in"], trial["title"], trial["error"]) == (
            True,
            "Open calls | Riverside Foundation",
            None,
        )
        # No visit has failed, so none has to go on.
        assert trial["job_id"] is None
        told = (await own.get(place)).json()
        assert told["last_verified_at"]
        assert told["failed_reason"] is None

        assert (await own.delete(place)).status_code == 204
        assert (await own.delete(place)).status_code == 404
        assert (await own.get(place)).json()["kind"] is None


@pytest.mark.parametrize(
    ("given", "members"),
    [
        ({"kind": "header", "name": "X-Api-Key", "value": API_KEY}, by_header("X-Api-Key", API_KEY)),
        ({"kind": "cookie", "cookies": "Cookie: a=b; sid=s3cr3t"}, by_cookie("sid", "s3cr3t")),
    ],
)
async def test_other_kinds_let_in_too(own: httpx.AsyncClient, given: dict[str, str], members: object) -> None:
    website = CallsWebsite(some_calls(3))
    async with MembersSite(website, Members(members)) as site:  # type: ignore[arg-type]
        place = await watched(own, site)
        assert (await own.put(place, json=given)).status_code == 200
        trial = (await own.post(f"{place}/test")).json()
    assert (trial["is_let_in"], trial["remark"]) == (True, None)


async def test_a_form_keeps_all_but_its_secrets_to_be_set_again(own: httpx.AsyncClient) -> None:
    async with FormSite(CallsWebsite(some_calls(3)), Members()) as site:
        place = await watched(own, site)
        given = {
            "kind": "form",
            "log_in_url": site.url("/login"),
            "user": USER,
            "password": PASSWORD,
            "success_text": "Open calls",
            "more": {"pin": "1234-5678"},
        }
        set_now = await own.put(place, json=given)
        assert set_now.json()["settings"] == {
            "log_in_url": site.url("/login"),
            "user_field": None,
            "password_field": None,
            "more": ["pin"],
            "success_text": "Open calls",
            "header": None,
            "steps": None,
        }
        told = await own.get(place)
        trial = await own.post(f"{place}/test")
        assert trial.json()["is_let_in"] is True, trial.text
    for answer in (set_now, told, trial):
        assert not any(secret in answer.text for secret in (USER, PASSWORD, "1234-5678"))


async def test_recorded_steps_come_back_without_what_is_typed(own: httpx.AsyncClient) -> None:
    async with basic_site() as site:
        place = await watched(own, site)
        given = {"kind": "recorded", "log_in_url": site.url(), "steps": STEPS}
        for secrets, said in (([], "no secret was given"), (["a", "b"], "more secrets than steps")):
            refused = await own.put(place, json=given | {"secrets": secrets})
            assert (refused.status_code, said in refused.json()["detail"]) == (422, True), refused.text
        shown = (await own.put(place, json=given | {"secrets": ["hidden-word"]})).json()
        assert shown["settings"]["steps"] == STEPS.replace("reader", "(asked)")
        again = given | {"steps": shown["settings"]["steps"], "secrets": ["reader", "hidden-word"]}
        assert (await own.put(place, json=again)).json()["settings"]["steps"] == shown["settings"]["steps"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "magic"}, "kind"),
        ({"kind": "basic", "user": "a:b", "password": "marker-x"}, "colon"),
        ({"kind": "basic", "user": "a", "password": "marker-x\n"}, "line break"),
        ({"kind": "cookie", "cookies": "marker-x"}, "name=value"),
        ({"kind": "header", "name": "Cookie", "value": "marker-x"}, "set by HoistScraper itself"),
        ({"kind": "basic", "user": "a", "password": "marker-x", "more": {}}, "more"),
        ({"kind": "form", "log_in_url": "ftp://a/", "user": "a", "password": "marker-x"}, "http"),
    ],
)
async def test_what_is_wrong_is_told_without_the_secret(
    own: httpx.AsyncClient, given: dict[str, object], said: str
) -> None:
    async with basic_site() as site:
        refused = await own.put(await watched(own, site), json=given)
    assert refused.status_code == 422, refused.text
    assert said in refused.json()["detail"]
    assert "marker-x" not in refused.text


async def test_a_log_in_that_cannot_be_opened_says_so_and_can_be_set_again(
    own: httpx.AsyncClient, own_parts: Parts
) -> None:
    async with basic_site() as site:
        place = await watched(own, site)
        given = {"kind": "basic", "user": USER, "password": PASSWORD}
        await own.put(place, json=given)
        key = own_parts.settings.data_dir / "keys" / "credentials.key"
        await asyncio.to_thread(key.unlink)
        told = (await own.get(place)).json()
        assert (told["kind"], told["settings"]) == ("basic", None)
        assert "key" in told["failed_reason"]
        assert (await own.post(f"{place}/test")).json()["is_let_in"] is False
        assert (await own.put(place, json=given)).status_code == 200
        assert (await own.post(f"{place}/test")).json()["is_let_in"] is True


async def test_a_test_goes_on_where_visits_gave_up_and_takes_only_so_long(
    own: httpx.AsyncClient, own_parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with basic_site() as site:
        place = await watched(own, site)
        await own.put(place, json={"kind": "basic", "user": USER, "password": "wrong"})
        for _ in range(3):
            await own.post(f"{place}/test")
        assert (await own.get(place)).json()["is_given_up"] is True
        monkeypatch.setattr("hoistscraper.api.website_log_ins.MOST_SECONDS", 0.0)
        trial = (await own.post(f"{place}/test")).json()
    assert trial["is_let_in"] is False
    assert "the test was stopped" in trial["error"]


async def test_nobody_is_told_of_a_website_that_is_not_there(own: httpx.AsyncClient) -> None:
    place = "/api/websites/0198c5f2-7a4b-7c3e-9d51-2f6b8e0a4d17/login"
    given = {"kind": "basic", "user": USER, "password": PASSWORD}
    assert (await own.get(place)).status_code == 404
    assert (await own.put(place, json=given)).status_code == 404
    assert (await own.delete(place)).status_code == 404
    assert (await own.post(f"{place}/test")).status_code == 404
