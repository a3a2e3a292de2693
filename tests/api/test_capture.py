"""What is held back until it is whole, and what is passed on as it comes."""

import pytest
from starlette.types import Message

from hoistscraper.api.answers import Answer
from hoistscraper.api.cacheable import Topics
from hoistscraper.api.capture import Capture, Failure
from hoistscraper.cache.freshness import Freshness


async def sent(capture: Capture, status: int, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await capture.send({"type": "http.response.start", "status": status, "headers": raw})
    for part, is_last in ((b"one", False), (b"two", True)):
        await capture.send({"type": "http.response.body", "body": part, "more_body": not is_last})


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"content-type": "text/event-stream"}),
        (200, {"content-type": "text/csv"}),
        (200, {"content-type": "application/json", "content-disposition": "attachment"}),
        (200, {"Content-Type": "application/json", "Cache-Control": "no-store"}),
        (200, {"content-type": "application/json", "set-cookie": "a=b"}),
        (202, {"content-type": "application/json"}),
        (307, {"location": "/"}),
    ],
)
async def test_what_is_not_to_be_kept_is_passed_on_as_it_comes(status: int, headers: dict[str, str]) -> None:
    passed: list[Message] = []
    told: list[bool] = []

    async def send(message: Message) -> None:
        assert told, "those who wait are told before"
        passed.append(message)

    capture = Capture(send, let_pass=lambda: told.append(True))
    await sent(capture, status, headers)
    assert len(passed) == 3
    assert capture.outcome is None


@pytest.mark.parametrize(
    ("status", "media_type", "kind"),
    [(200, "application/json", Answer), (503, "application/problem+json", Failure)],
)
async def test_json_is_held_until_it_is_whole(status: int, media_type: str, kind: type) -> None:
    passed: list[Message] = []

    async def send(message: Message) -> None:
        passed.append(message)

    capture = Capture(send)
    await sent(capture, status, {"content-type": media_type})
    assert passed == []
    assert isinstance(capture.outcome, kind)


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/api/websites", True),
        ("/api/websites/0190", True),
        ("/api/opportunities/0190/history", True),
        ("/api/opportunities/export", False),
        ("/api/scrape-jobs/0190/events", False),
        ("/api/scrape-jobs/0190/log", False),
        ("/api/health/ready", False),
        ("/api/websites/0190/a/b/c", False),
        ("/metrics", False),
        ("", False),
    ],
)
def test_only_some_addresses_are_kept_ready(path: str, is_kept: bool) -> None:  # noqa: FBT001 - a parameter
    assert (Topics(Freshness()).of(path) is not None) is is_kept
