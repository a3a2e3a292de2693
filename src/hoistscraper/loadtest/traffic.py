"""What people ask for, and how often: lists, words, filters, next pages, single things, figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from hoistscraper.loadtest.knowledge import Knowledge, Query
from hoistscraper.loadtest.offer import WORDS_PARAMETER, Offered

# How often one list is asked for beside another, and one kind of request beside another.
_SHARE_OF_LIST = {"/api/opportunities": 10.0, "/api/websites": 2.0, "/api/scrape-jobs": 1.5}
_OTHER_SHARE = 1.0
_WEIGHTS = {"list": 3.0, "words": 4.0, "filter": 3.0, "next page": 2.0, "one": 4.0, "of one": 1.0}
_FIGURES_WEIGHT = 4.0
_ORDER_PARAMETER = "sort"


@dataclass(frozen=True, slots=True)
class Wish:
    """One request to be made. ``list_path`` is set where its answer is a page to learn from."""

    endpoint: str
    path: str
    query: Query = ()
    list_path: str | None = None

    @property
    def address(self) -> str:
        """What stands after the server's name."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Step:
    """Something that users do; ``wish`` returns ``None`` as long as too little is known for it."""

    endpoint: str
    weight: float
    wish: Callable[[Knowledge, Random], Wish | None]


def plan_steps(offer: Sequence[Offered]) -> list[Step]:
    """Return what users of a server with this offer do."""
    steps: list[Step] = []
    for offered in offer:
        if offered.list_path is not None:
            steps.append(_step_for_one(offered, offered.list_path))
        elif offered.is_list:
            steps += _steps_for_list(offered)
        else:
            steps.append(_step_for_figures(offered))
    return steps


def choose(steps: Sequence[Step], knowledge: Knowledge, chance: Random) -> Wish:
    """Return what a user asks for next: by weight, but only what can be asked for by now."""
    weights = [step.weight for step in steps]
    while True:
        [step] = chance.choices(steps, weights)
        wish = step.wish(knowledge, chance)
        if wish is not None:
            return wish


def _share(list_path: str) -> float:
    return _SHARE_OF_LIST.get(list_path, _OTHER_SHARE)


def _steps_for_list(offered: Offered) -> list[Step]:
    path = offered.path

    def whole(_knowledge: Knowledge, _chance: Random) -> Wish:
        return Wish(f"{path}", path, (), path)

    def words(knowledge: Knowledge, chance: Random) -> Wish | None:
        known = knowledge.of(path).words
        if not known:
            return None
        asked = " ".join(chance.choice(known) for _ in range(chance.choice((1, 1, 2))))
        return Wish(f"{path} · words", path, ((WORDS_PARAMETER, asked),), path)

    def filtered(knowledge: Knowledge, chance: Random) -> Wish | None:
        choices = _choices(offered, knowledge)
        if not choices:
            return None
        name, values = chance.choice(choices)
        query: Query = ((name, chance.choice(values)),)
        if name == _ORDER_PARAMETER and WORDS_PARAMETER in offered.free:
            # There may be an order by relevance, which is none without words.
            words = knowledge.of(path).words
            if not words:
                return None
            query += ((WORDS_PARAMETER, chance.choice(words)),)
        return Wish(f"{path} · filter", path, query, path)

    def following(knowledge: Knowledge, chance: Random) -> Wish | None:
        known = knowledge.of(path).following
        return Wish(f"{path} · next page", path, chance.choice(known), path) if known else None

    ways: dict[str, Callable[[Knowledge, Random], Wish | None]] = {
        "list": whole,
        **({"words": words} if WORDS_PARAMETER in offered.free else {}),
        "filter": filtered,
        "next page": following,
    }
    endings = {"list": ""}
    return [
        Step(f"{path}{endings.get(name, f' · {name}')}", _share(path) * _WEIGHTS[name], wish)
        for name, wish in ways.items()
    ]


def _choices(offered: Offered, knowledge: Knowledge) -> list[tuple[str, Sequence[str]]]:
    """Return parameters with values: told by the server, or met in fields of their name (``tag``: tags)."""
    met = knowledge.of(offered.path).values
    learned = [
        (name, values)
        for name in sorted(offered.free)
        if (values := list(met.get(name) or met.get(f"{name}s") or ()))
    ]
    return [*offered.choices.items(), *learned]


def _step_for_one(offered: Offered, list_path: str) -> Step:
    before, _, after = offered.path.partition("{")
    ending = after.partition("}")[2]

    def one(knowledge: Knowledge, chance: Random) -> Wish | None:
        ids = knowledge.of(list_path).ids
        return Wish(offered.path, f"{before}{chance.choice(ids)}{ending}") if ids else None

    return Step(offered.path, _share(list_path) * _WEIGHTS["of one" if ending else "one"], one)


def _step_for_figures(offered: Offered) -> Step:
    beside = offered.path.rpartition("/")[0]

    def figures(knowledge: Knowledge, chance: Random) -> Wish | None:
        words = knowledge.of(beside).words
        if offered.needs_words and not words:
            return None
        takes_words = WORDS_PARAMETER in offered.free and bool(words)
        asks_for_words = takes_words and (offered.needs_words or chance.random() < 0.5)
        query: Query = ((WORDS_PARAMETER, chance.choice(words)),) if asks_for_words else ()
        return Wish(offered.path, offered.path, query)

    return Step(offered.path, _FIGURES_WEIGHT, figures)
