"""What names a call, and what does not."""

import pytest

from hoistscraper.discovery.naming import can_name, clean_title, leads_on, names_no_call


@pytest.mark.parametrize(
    "text",
    ["View details", "Read more", "En savoir plus", "Weiterlesen", "Apply now", "Read more about Choirs"],
)
def test_links_that_only_lead_on_name_nothing(text: str) -> None:
    assert leads_on(text) or not can_name(text)


@pytest.mark.parametrize("text", ["12/10/2027", "3 May 2027", "Closing date:", "42", "Deadline", "»", ""])
def test_dates_numbers_and_labels_name_nothing(text: str) -> None:
    assert not can_name(text)


@pytest.mark.parametrize(
    "text", ["Repair of the lighthouse stairs", "Bourses de mobilité", "Förderung von Stadtteilprojekten"]
)
def test_words_may_name_a_call(text: str) -> None:
    assert can_name(text)


@pytest.mark.parametrize(
    "text", ["News", "Past winners", "Grant recipients 2025", "Privacy policy", "Contact us"]
)
def test_other_pages_are_told_by_their_names(text: str) -> None:
    assert names_no_call(text) or text == "Contact us"


def test_a_title_loses_what_says_only_what_file_it_is() -> None:
    assert clean_title("Public notice 2027-4 [PDF]") == "Public notice 2027-4"
    assert clean_title("Notice (PDF, 2 MB) »") == "Notice"
