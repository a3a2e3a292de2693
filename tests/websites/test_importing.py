"""Lists of websites from CSV files."""

from datetime import UTC, datetime

import pytest

from hoistscraper.errors import Invalid
from hoistscraper.websites.importing import ImportedRows, read_list

AT = datetime(2031, 3, 1, 12, tzinfo=UTC)


def read(text: str) -> ImportedRows:
    return read_list(text.encode(), timezone="UTC", at=AT)


def test_good_rows_are_taken_and_bad_ones_named_with_number_and_reason() -> None:
    rows = read(
        "url,name,tags,active\n"
        'example.org/grants,Grants,"arts, heritage",no\n'
        "\n"
        "file:///etc/passwd,Secret,,\n"
        ",Nameless,,\n"
        "https://example.com,Site,,maybe\n"
        "https://example.net,Net,,\n"
    )
    assert [(number, website.url) for number, website in rows.websites] == [
        (2, "https://example.org/grants"),
        (7, "https://example.net/"),
    ]
    first = rows.websites[0][1]
    assert (first.name, first.tags, first.active) == ("Grants", ["arts", "heritage"], False)
    assert [row.number for row in rows.bad] == [4, 5, 6]
    assert "file:" in rows.bad[0].reason
    assert rows.bad[1].reason == "The address is missing."
    assert "maybe" in rows.bad[2].reason


def test_a_row_that_repeats_another_after_normalising_is_told() -> None:
    rows = read("url\nhttps://example.org\nHTTPS://EXAMPLE.ORG/?utm_source=x#top\n")
    assert len(rows.websites) == 1
    assert [row.number for row in rows.repeated] == [3]


def test_row_numbers_count_lines_as_an_editor_shows_them() -> None:
    rows = read('url,description\nexample.org,"two\nlines"\njavascript:alert(1),x\n')
    assert [row.number for row in rows.bad] == [4]


def test_semicolons_a_byte_order_mark_and_other_column_names_are_understood() -> None:
    rows = read("\ufeffWebsite;Title;Country\nexample.org;Grants;France\n")
    website = rows.websites[0][1]
    assert (website.url, website.name, website.region) == ("https://example.org/", "Grants", "France")


def test_a_plain_list_of_addresses_needs_no_header() -> None:
    rows = read("example.org\nexample.com/tenders\n")
    assert [website.url for _, website in rows.websites] == [
        "https://example.org/",
        "https://example.com/tenders",
    ]


def test_a_comma_that_was_not_quoted_is_told_rather_than_guessed() -> None:
    rows = read("url,name\nexample.org,Grants, tenders and more\n")
    assert "quotation marks" in rows.bad[0].reason


def test_an_unknown_time_zone_is_told() -> None:
    rows = read("url,timezone\nexample.org,Paris\n")
    assert "Europe/Paris" in rows.bad[0].reason


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="empty"):
        read(text)


def test_a_file_without_addresses_is_refused() -> None:
    with pytest.raises(Invalid, match="column named url"):
        read("name,notes\nGrants,nice\n")


def test_a_json_list_is_read_as_it_was_exported() -> None:
    rows = read('[{"url": "example.org", "tags": ["a", "b"], "active": false, "health": "red"}, {"name": 1}]')
    [(number, website)] = rows.websites
    assert (number, website.url, website.tags, website.active) == (
        1,
        "https://example.org/",
        ["a", "b"],
        False,
    )
    assert [(row.number, row.reason) for row in rows.bad] == [(2, "The address is missing.")]


@pytest.mark.parametrize("text", ["[", '{"a": 1}', "[1]", "[" * 100_000])
def test_json_that_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="JSON"):
        read(text)


def test_schedules_come_along_and_bad_ones_are_named() -> None:
    rows = read(
        "url,schedule,quiet_hours,paused\n"
        "example.org,weekdays 06:00-08:00 Europe/Paris,22:00-06:00,yes\n"
        "example.net,whenever,,\n"
        "example.com,,noon,\n"
    )
    [(_, website)] = rows.websites
    assert (website.schedule, website.quiet_hours, website.paused) == (
        "weekdays 06:00-08:00 Europe/Paris",
        "22:00-06:00",
        True,
    )
    assert website.next_due_at is not None
    assert "whenever" in rows.bad[0].reason
    assert "noon" in rows.bad[1].reason


def test_cells_that_no_index_could_bear_are_named() -> None:
    rows = read(f"url,category,tags\nexample.org,{'x' * 101},\nexample.net,,{'a;' * 3}{'x' * 101}\n")
    assert [row.reason for row in rows.bad] == [
        "The column category holds more than 100 characters; shorten it.",
        "A website has at most 50 tags of at most 100 characters each.",
    ]


def test_a_cell_longer_than_any_is_a_sentence() -> None:
    with pytest.raises(Invalid, match="Row 2 cannot be read as CSV"):
        read(f"url\n{'x' * 200_000}\n")
