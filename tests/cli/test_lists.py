"""``website``, ``opportunity``, ``config`` and ``doctor`` as a person meets them."""

import csv
import json
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Run
from tests.database.server import plain
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.thread import in_thread
from tests.websites.sheets import excel


@pytest.fixture
def scraped(run: Run) -> CallsWebsite:
    """A website whose three calls are kept."""
    website = CallsWebsite(some_calls(3))
    website.calls[0].title = '=HYPERLINK("http://evil.example","Study of archives")'
    with in_thread(website.site()) as site:
        assert run("scrape", site.url()).code == 0
    return website


def test_websites_are_added_listed_and_removed(run: Run) -> None:
    assert run("website", "add", "example.org/grants", "--name", "Grants", "--tag", "arts").code == 0
    repeated = run("website", "add", "https://EXAMPLE.org/grants#top")
    assert (repeated.code, "in the list already" in repeated.err) == (1, True)
    [website] = json.loads(run("website", "list", "--json").out)
    assert (website["url"], website["name"], website["tags"]) == (
        "https://example.org/grants",
        "Grants",
        ["arts"],
    )
    assert run("website", "remove", "example.org/grants", "--yes").code == 0
    gone = run("website", "remove", "example.org/grants", "--yes")
    assert (gone.code, "not in the list" in gone.err) == (1, True)


def test_importing_keeps_good_rows_and_names_bad_ones(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("url,name\nexample.org,One\nfile:///x,Two\nexample.net,Three\nexample.org,Four\n")
    trial = run("website", "import", str(file), "--dry-run")
    assert "Would be added: 2;" in trial.out
    printed = run("website", "import", str(file))
    assert printed.code == 1
    assert "Row 3: not taken" in printed.out
    assert "Row 5: repeats one above" in printed.out
    assert len(json.loads(run("website", "list", "--json").out)) == 2
    assert "in the list already: 2;" in run("website", "import", str(file)).out


def test_an_excel_list_is_imported_like_a_csv_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sites.xlsx"
    file.write_bytes(excel([["url", "schedule"], ["example.org", "daily at 07:00"], ["ftp://x", None]]))
    printed = run("website", "import", str(file))
    assert "Row 3: not taken" in printed.out
    [website] = json.loads(run("website", "list", "--json").out)
    assert (website["url"], website["schedule"]) == ("https://example.org/", "daily at 07:00 UTC")


@pytest.mark.parametrize(("name", "said"), [("missing.csv", "no file"), (".", "folder")])
def test_importing_what_is_no_file_is_a_sentence(run: Run, tmp_path: Path, name: str, said: str) -> None:
    printed = run("website", "import", str(tmp_path / name))
    assert (printed.code, said in printed.err) == (1, True)


def test_a_removed_website_leaves_its_opportunities_and_finds_them_again(
    run: Run, scraped: CallsWebsite
) -> None:
    [website] = json.loads(run("website", "list", "--json").out)
    run("website", "remove", website["url"], "--yes")
    before = json.loads(run("opportunity", "list", "--json").out)
    assert len(before) == len(scraped.calls)


def test_opportunities_are_listed_by_words_and_status(run: Run, scraped: CallsWebsite) -> None:
    wanted = scraped.calls[1].title
    found = json.loads(run("opportunity", "list", *wanted.split()[:1], "--status", "open", "--json").out)
    assert wanted in {call["title"] for call in found}
    assert run("opportunity", "list", "--status", "closed").out.startswith("No opportunity is like that")


def test_one_opportunity_is_shown_with_its_proof(run: Run, scraped: CallsWebsite) -> None:
    listed = json.loads(run("opportunity", "list", "--json").out)
    printed = run("opportunity", "show", listed[0]["id"][-8:])
    assert printed.code == 0
    assert listed[0]["evidence"]["deadline"]["quote"] in printed.out
    assert "Sources" in printed.out
    whole = json.loads(run("opportunity", "show", listed[0]["id"], "--json").out)
    assert whole["history"] == []
    assert scraped.calls


@pytest.mark.parametrize("name", ["ffffffffffff", "", "%"])
def test_an_unknown_opportunity_is_a_sentence(run: Run, name: str) -> None:
    printed = run("opportunity", "show", name)
    assert printed.code == 1
    assert "There is no opportunity" in printed.err


def test_a_spreadsheet_never_gets_a_formula(run: Run, scraped: CallsWebsite, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    assert run("opportunity", "export", str(file)).code == 0
    with file.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 3
    assert f"'{scraped.calls[0].title}" in {row["title"] for row in rows}
    assert all(row["deadline"].startswith("2031-03-") for row in rows)


def test_json_export_holds_proof_and_sources(run: Run, scraped: CallsWebsite, tmp_path: Path) -> None:
    file = tmp_path / "calls.json"
    run("opportunity", "export", str(file))
    calls = json.loads(file.read_text())
    assert {call["title"] for call in calls} == {call.title for call in scraped.calls}
    assert all(call["sources"][0]["values"]["evidence"] for call in calls)


def test_an_export_replaces_no_file_unless_told(run: Run, scraped: CallsWebsite, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("mine")
    printed = run("opportunity", "export", str(file))
    assert (printed.code, "--force" in printed.err, file.read_text()) == (1, True, "mine")
    assert run("opportunity", "export", str(file), "--force").code == 0
    assert file.read_text().startswith("id,title")
    assert scraped.calls
    assert not list(tmp_path.glob(".*"))


def test_config_hides_secrets_and_names_sources(run: Run) -> None:
    shown = json.loads(run("config", "--json").out)
    assert shown["DATABASE_URL"] == {"value": "(set, hidden)", "source": "environment"}
    assert shown["HOIST_PACE_SECONDS"] == {"value": "0.0", "source": "environment"}
    assert shown["HOIST_MAX_REDIRECTS"]["source"] == "default"


def test_config_shows_what_was_changed_over_the_api(run: Run, database_url: str) -> None:
    with psycopg.connect(plain(database_url)) as connection:
        connection.execute(
            "INSERT INTO setting VALUES ('max_pages', '7', now()), ('pace_seconds', '9', now())"
        )
    shown = json.loads(run("config", "--json").out)
    assert shown["HOIST_MAX_PAGES"] == {"value": "7", "source": "stored"}
    assert shown["HOIST_PACE_SECONDS"] == {"value": "0.0", "source": "environment"}


def test_config_is_shown_without_a_database_too(run: Run) -> None:
    printed = run("config", "--json", DATABASE_URL="postgresql://me:secret@127.0.0.1:1/x")
    assert json.loads(printed.out)["HOIST_MAX_PAGES"]["source"] == "default"
    assert printed.err.startswith("What was changed over the API is not shown: The database at")
    assert "secret" not in printed.err


def test_a_wrong_setting_stops_the_start_with_a_sentence(run: Run) -> None:
    printed = run("config", HOIST_PACE_SECONDS="soon")
    assert printed.code == 1
    assert printed.err.startswith("A setting is wrong: HOIST_PACE_SECONDS")


def test_doctor_says_what_works(run: Run) -> None:
    findings = json.loads(run("doctor", "--json").out)
    assert {finding["what"] for finding in findings} >= {"Python", "Data folder", "Database (yours)"}
    assert all(finding["ok"] for finding in findings if finding["needed"])


def test_a_database_without_tables_names_the_command(run: Run, server: str) -> None:
    printed = run("opportunity", "list", DATABASE_URL=server)
    assert printed.code == 1
    assert "hoistscraper db upgrade" in printed.err


def test_a_database_that_does_not_answer_is_a_sentence_without_the_password(run: Run) -> None:
    printed = run("website", "list", DATABASE_URL="postgresql://me:secret@127.0.0.1:1/x")
    assert printed.code == 1
    assert "secret" not in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_how_a_website_is_read_is_imported_and_changed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("url,render\nexample.org,Browser\nexample.net,\nexample.com,firefox\n")
    printed = run("website", "import", str(file))
    assert "Row 4: not taken: A website is not read by firefox; write auto, http or browser." in printed.out
    said = run("website", "render", "example.net", "http")
    assert (said.code, "plain HTTP" in said.out) == (0, True)
    modes = {w["url"]: w["render"] for w in json.loads(run("website", "list", "--json").out)}
    assert modes == {"https://example.org/": "browser", "https://example.net/": "http"}
    assert run("website", "render", "example.net", "firefox").code == 2
    assert run("website", "render", "example.edu", "auto").code == 1


def test_a_list_goes_on_at_its_cursor(run: Run, scraped: CallsWebsite) -> None:
    first = run("opportunity", "list", "--limit", "2", "--sort", "newest")
    assert "2 of 3" in first.out
    cursor = first.out.split("--cursor ")[1].split()[0]
    rest = json.loads(
        run("opportunity", "list", "--sort", "newest", "--limit", "2", "--cursor", cursor, "--json").out
    )
    assert len(rest) == 1
    assert rest[0]["title"][:12] not in first.out
    assert scraped.calls
    foreign = run("opportunity", "list", "--cursor", cursor)
    assert (foreign.code, "does not belong to this search" in foreign.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sort", "relevance"), "needs a word"),
        (("--closing-within", "-1"), "between 0 and"),
        (("--min-amount", "much"), "no amount"),
        (("?",), "no letter"),
    ],
)
def test_a_search_that_cannot_be_meant_is_a_sentence(run: Run, options: tuple[str, ...], said: str) -> None:
    printed = run("opportunity", "list", *options)
    assert (printed.code, said in printed.err) == (1, True)
    assert len(printed.err.strip().splitlines()) == 1


def test_an_export_takes_a_search(run: Run, scraped: CallsWebsite, tmp_path: Path) -> None:
    title = scraped.calls[1].title
    file = tmp_path / "some.json"
    printed = run("opportunity", "export", str(file), "--words", f'"{title}"', "--status", "open")
    assert "Wrote 1 opportunities" in printed.err
    assert [call["title"] for call in json.loads(file.read_text())] == [title]
