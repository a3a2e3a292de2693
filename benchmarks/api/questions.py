"""What is asked: paths for each question, with ids and words learned from the server that will be asked."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.api.running import HOST, Server

_PAGES_READ = 10
_WORDS_TRIED = 60
_WORDS_A_QUESTION = 5
_WORD = re.compile(r"[^\W\d_]{4,}")
OPPORTUNITIES = "/api/opportunities"
LIST = "list by deadline"
ONE = "one opportunity"
STATS = "stats"
WORDS = ("words, common", "words, middling", "words, rare")


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of request: its paths are asked for in turn."""

    name: str
    paths: tuple[str, ...]


def learn_questions(server: Server) -> list[Question]:
    """Return what a server can be asked by its own OpenAPI document."""
    offered = set(_read(server, "/api/openapi.json")["paths"])
    questions: list[Question] = []
    if OPPORTUNITIES in offered:
        rows = _rows(server, OPPORTUNITIES)
        bands = _words_by_frequency(server, rows)
        questions.append(Question(LIST, (f"{OPPORTUNITIES}?limit=50",)))
        questions += [
            Question(name, tuple(f"{OPPORTUNITIES}?limit=50&q={quote(word)}" for word in words))
            for name, words in zip(WORDS, bands, strict=True)
        ]
        questions.append(Question(ONE, _each(OPPORTUNITIES, rows)))
        if f"{OPPORTUNITIES}/facets" in offered:
            paths = [f"{OPPORTUNITIES}/facets", *(f"{OPPORTUNITIES}/facets?q={quote(w)}" for w in bands[1])]
            questions.append(Question("facets", tuple(paths)))
    if "/api/stats" in offered:
        questions.append(Question(STATS, ("/api/stats",)))
    questions.append(Question("list of websites", ("/api/websites?limit=50",)))
    questions.append(Question("one website", _each("/api/websites", _rows(server, "/api/websites"))))
    questions.append(Question("list of jobs", ("/api/scrape-jobs?limit=50",)))
    return questions


def _each(path: str, rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{path}/{row['id']}" for row in rows)


def _rows(server: Server, path: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    query = {"limit": "100"}
    for _ in range(_PAGES_READ):
        page = _read(server, f"{path}?{urlencode(query)}")
        rows += page["items"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    if not rows:
        raise SystemExit(f"{path} is empty: there is nothing to measure.")
    return rows


def _words_by_frequency(server: Server, rows: list[Mapping[str, Any]]) -> tuple[list[str], ...]:
    """Return words that many, some and few opportunities hold, as the server counts them."""
    met = Counter(word.lower() for row in rows for word in set(_WORD.findall(row["title"])))
    by_frequency = [word for word, _ in met.most_common()]
    step = max(1, len(by_frequency) // _WORDS_TRIED)
    tried = dict.fromkeys([*by_frequency[:_WORDS_A_QUESTION], *by_frequency[::step]])
    counted = sorted(tried, key=lambda word: -_count(server, word))
    middle = len(counted) // 2
    return (
        counted[:_WORDS_A_QUESTION],
        counted[middle : middle + _WORDS_A_QUESTION],
        counted[-_WORDS_A_QUESTION:],
    )


def _count(server: Server, word: str) -> int:
    return int(_read(server, f"{OPPORTUNITIES}/count?q={quote(word)}")["count"])


def _read(server: Server, path: str) -> Any:  # noqa: ANN401 - JSON
    connection = HTTPConnection(HOST, server.port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}: {body[:300].decode(errors='replace')}")
    return json.loads(body)
