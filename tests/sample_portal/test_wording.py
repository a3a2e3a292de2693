from dataclasses import replace

import pytest

from hoistscraper.sample_portal.calls import Call, load_calls
from hoistscraper.sample_portal.wording import amount_in_words, deadline_in_words, email_in_words


def call_of(title: str) -> Call:
    return next(call for call in load_calls(2026) if call.title == title)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Seed Grants for Early-Career Ecologists", "Thursday, 18 February 2027 at 5pm UK time"),
        ("Supply of Electric Refuse Vehicles", "29 January 2027, 12 noon (London time)"),
        ("Murals for Railway Towns", "26/02/2027 at 5pm (AEDT)"),
        ("Touring Fund for Small Ensembles", "24/03/2027 at 5pm (AEDT)"),
        ("Neighborhood Kitchen Equipment Grants", "January 31, 2027"),
        ("Novel in Progress Fellowship", "April 15, 2027 at 11:59 PM Central Time"),
        ("Restoring Mangroves with Coastal Communities", "2027-03-31 16:00 UTC"),
        ("Ferry Terminal Wayfinding", "2 Mar 2027 14:00 CET"),
        ("Port Office Catering", "13 Apr 2027 14:00 CEST"),
        ("Bourses d’écriture pour bibliothèques rurales", "30 avril 2027 à 17 h 00 (heure de Paris)"),
        ("Förderprogramm Streuobstwiesen", "26. März 2027"),
    ],
)
def test_every_organisation_writes_deadlines_in_its_own_way(title: str, words: str) -> None:
    call = call_of(title)
    assert call.deadline is not None
    assert deadline_in_words(call.deadline, call.organisation, call.language) == words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Seed Grants for Early-Career Ecologists", "£5,000 to £20,000"),
        ("Murals for Railway Towns", "Up to A$15,000"),
        ("Pipe Relining in the Upper Valley", "AUD 2,400,000"),
        (
            "Bourses d’écriture pour bibliothèques rurales",
            "de 20\N{NO-BREAK SPACE}000 € à 60\N{NO-BREAK SPACE}000 €",
        ),
        ("Förderprogramm Streuobstwiesen", "Bis zu 45.000 Euro"),
    ],
)
def test_amounts_are_sums_ranges_and_upper_limits(title: str, words: str) -> None:
    call = call_of(title)
    assert amount_in_words(call, call.language) == words


def test_a_call_without_an_amount_has_no_words_for_it() -> None:
    call = replace(call_of("Murals for Railway Towns"), amount_max=None)
    assert amount_in_words(call) is None


def test_one_organisation_hides_its_address_from_machines() -> None:
    call = call_of("Street Tree Stewards")
    assert email_in_words(call.organisation) == "apply [at] harrowbay [dot] example"
