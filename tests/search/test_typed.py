"""What people type into the search field."""

import pytest

from hoistscraper.errors import Invalid
from hoistscraper.search.clauses import AnyOf, Beginning, Clause, Not, Phrase, tsquery
from hoistscraper.search.typed import MOST_LETTERS, MOST_WORDS, typed_clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", []),
        ("  Grants  ÉTÉ ", [AnyOf(("grants",)), AnyOf(("ete",))]),
        ('"Research Grant" arts', [Phrase(("research", "grant")), AnyOf(("arts",))]),
        ('"one"', [AnyOf(("one",))]),
        ('"not closed', [Phrase(("not", "closed"))]),
        ("call -closed", [AnyOf(("call",)), Not(AnyOf(("closed",)))]),
        ('-"pilot phase"', [Not(Phrase(("pilot", "phase")))]),
        ("e-mail 2026/27", [Phrase(("e", "mail")), Phrase(("2026", "27"))]),
        ("- -- call", [AnyOf(("call",))]),
        ("łódź", [AnyOf(("lodz",))]),
        ("研究資金", [Phrase(("研究", "究資", "資金"))]),
        ("研", [Beginning("研")]),
        ("अनुदान", [AnyOf(("अनुदान",))]),
    ],
)
def test_words_phrases_and_exclusions_are_understood(text: str, clauses: list[Clause]) -> None:
    assert list(typed_clauses(text)) == clauses


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("call inn", Beginning("inn")),
        ("call inn ", AnyOf(("inn",))),
        ("call i", AnyOf(("i",))),
        ('"call for inn', Phrase(("call", "for", "inn"), is_unfinished=True)),
        ('"call for inn"', Phrase(("call", "for", "inn"))),
        ("call -inn", Not(AnyOf(("inn",)))),
    ],
)
def test_the_last_word_may_go_on_while_it_is_typed(text: str, last: Clause) -> None:
    assert typed_clauses(text, is_typing=True)[-1] == last


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * (MOST_LETTERS + 1), "longer"), ("a " * (MOST_WORDS + 1), "words"), ("?! …", "no letter")],
)
def test_what_cannot_be_searched_for_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        typed_clauses(text)


def test_clauses_are_written_as_postgresql_reads_them() -> None:
    clauses = [*typed_clauses('call "a b" -x e', is_typing=True), AnyOf(("k='1'", "k=\\")), Beginning("in")]
    assert tsquery(clauses) == r"'call' & ('a' <-> 'b') & !'x' & 'e' & ('k=''1''' | 'k=\\') & 'in':*"
    assert tsquery([]) is None
