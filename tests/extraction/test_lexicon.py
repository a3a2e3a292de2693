"""What labels mean."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.extraction.folding import fold, fold_words, holds_digit, word_set
from hoistscraper.extraction.lexicon import (
    LANGUAGES,
    Topic,
    field_of,
    holds_phrase,
    is_phrase,
    months,
    pattern_of,
    says,
    words_of,
)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Closing date:", "deadline"),
        ("CLOSING DATES", "deadline"),
        ("Closing Date/Time:", "deadline"),
        ("Current Closing Date for Applications:", "deadline"),
        ("Date limite de réception des offres", "deadline"),
        ("Scadenza presentazione domande", "deadline"),
        ("Einsendeschluss", "deadline"),
        ("Fecha límite de presentación", "deadline"),
        ("Termin składania wniosków", "deadline"),
        ("Bid opening date", "other_date"),
        ("Deadline for questions", "other_date"),
        ("Letter of intent deadline", "other_date"),
        ("Award announcement date", "other_date"),
        ("Apertura buste", "other_date"),
        ("Ouverture des plis", "other_date"),
        ("Project start date", "other_date"),
        ("Posted Date", "opening_date"),
        ("Opening date for applications", "opening_date"),
        ("Application period", "application_period"),
        ("Tender Reference Number", "reference_number"),
        ("Award ceiling", "amount_max"),
        ("Award floor", "amount_min"),
        ("Estimated Total Program Funding", "amount_total"),
        ("Amount of the award", "amount"),
        ("Who is eligible?", "eligibility"),
        ("Wer kann sich bewerben?", "eligibility"),
        ("Contracting authority", "organisation"),
        ("Pouvoir adjudicateur", "organisation"),
    ],
)
def test_a_label_names_its_field(label: str, field: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    "label",
    ["", "Expected number of awards", "Our history", "The closing of the bridge was a sad day for all of us"],
)
def test_other_words_name_no_field(label: str) -> None:
    assert field_of(label) is None


def test_every_language_names_twelve_months_and_a_deadline() -> None:
    assert set(months().values()) == set(range(1, 13))
    assert all(words_of("call", language) and words_of("next_page", language) for language in LANGUAGES)


def test_phrases_are_found_as_whole_words_whatever_their_case_and_accents() -> None:
    assert says("closed", "Applications are NOW CLOSED.")
    assert not says("closed", "This is a disclosed matter.")
    assert is_phrase("next_page", "Página siguiente")
    assert not is_phrase("next_page", "The next round")


@given(st.text(max_size=200))
def test_folding_keeps_every_character_at_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    field_of(text)


@given(st.text(max_size=200))
def test_a_text_is_folded_as_its_characters_are(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("topic", get_args(Topic))
def test_every_phrase_of_a_topic_is_found_in_a_sentence(topic: Topic) -> None:
    phrases = [phrase for phrase in words_of(topic) if pattern_of(topic).search(phrase)]
    assert phrases
    assert [phrase for phrase in phrases if not says(topic, f"(As told: {phrase.upper()}!)")] == []


_PARTS = st.sampled_from(
    ["open", "opens", "are now", "accepting", "applications", "closed", "no longer", "calls for", "due", "by",
     "offen", "é", "_", "-", "'", " ", "  ", ".", "e", "is", "1", "a", "S", "ss"]
)  # fmt: skip
_TEXTS = st.lists(_PARTS, max_size=14).map("".join) | st.text(max_size=60)


@given(_TEXTS, st.sampled_from(get_args(Topic)))
def test_a_phrase_is_found_by_its_words_where_its_pattern_finds_it(text: str, topic: Topic) -> None:
    folded = fold(text)
    assert holds_phrase(folded, word_set(folded), topic) is (pattern_of(topic).search(folded) is not None)
    assert says(topic, text) is (pattern_of(topic).search(folded) is not None)


@given(_TEXTS)
def test_the_words_of_a_text_are_its_letters_and_figures(text: str) -> None:
    plain = re.findall(r"[^\W_]+", fold(text))
    assert [word[: len(each)] for word, each in zip(plain, fold_words(text), strict=True)] == [
        *fold_words(text)
    ]
    assert word_set(text) == frozenset(fold_words(text))
    assert holds_digit(text) is any(character.isdecimal() for character in text)
