"""What a page declares for machines: of several things, only what holds for the one that it is about."""

import json
from datetime import date

import pytest

from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse
from hoistscraper.reading.read import read_page
from hoistscraper.reading.values import PageKind

TODAY = date(2031, 1, 10)
URL = "https://reed.example/calls"
MILLS = {"@type": "Grant", "name": "Grant for mills", "url": "/mills", "validThrough": "2031-05-03"}
LAKES = {"@type": "Grant", "name": "Grant for lakes", "url": "/lakes", "validThrough": "2031-06-07"}
WEBINAR = {"@type": "Event", "name": "Webinar on lakes", "validThrough": "2031-02-01", "organizer": "Reed"}


def _page(declared: object, heading: str, title: str = "Reed Trust") -> str:
    return (
        f"<title>{title}</title><h1>{heading}</h1>"
        f"<script type=application/ld+json>{json.dumps(declared)}</script>"
    )


def _scopes(*things: tuple[str, str]) -> str:
    return "".join(
        f"<div itemscope itemtype=https://schema.org/Grant><b itemprop=name>{name}</b>{rest}</div>"
        for name, rest in things
    )


@pytest.mark.parametrize(
    ("page", "deadline"),
    [
        (_page([MILLS], "Apply"), "2031-05-03"),
        (_page([MILLS, LAKES], "Grant for lakes"), "2031-06-07"),
        (_page([MILLS, LAKES], "Apply", "Grant for Lakes | Reed Trust"), "2031-06-07"),
        (_page([MILLS, LAKES], "Apply"), None),
        (_page([LAKES, LAKES], "Apply"), "2031-06-07"),
        (_page([WEBINAR, MILLS], "Apply"), "2031-05-03"),
        (_page([WEBINAR], "Webinar on lakes"), None),
    ],
)
def test_the_deadline_is_that_of_the_call_that_the_page_is_about(page: str, deadline: str | None) -> None:
    call = read_detail(parse(page, URL), today=TODAY)

    assert (call.deadline.isoformat() if call.deadline else None) == deadline


def test_a_call_without_a_deadline_gets_none_from_the_one_beside_it() -> None:
    scopes = _scopes(
        ("Grant for lakes", "for all who look after one"),
        ("Grant for mills", "<time itemprop=validThrough datetime=2031-05-03>in May</time>"),
    )
    call = read_detail(parse(f"<h1>Grant for lakes</h1>{scopes}", URL), today=TODAY)

    assert (call.title, call.deadline) == ("Grant for lakes", None)


def test_calls_that_are_declared_one_by_one_are_a_list() -> None:
    reading = read_page(_page([MILLS, LAKES, WEBINAR, MILLS], "Current grants"), url=URL, today=TODAY)

    assert reading.kind is PageKind.LISTING
    told = [(item.title, item.url, str(item.deadline and item.deadline.date)) for item in reading.items]
    assert told == [
        ("Grant for mills", "https://reed.example/mills", "2031-05-03"),
        ("Grant for lakes", "https://reed.example/lakes", "2031-06-07"),
    ]
    assert all(item.evidence["deadline"].quote for item in reading.items)
