"""What is learned of a listing, how it is used, and what becomes of it when the layout changes."""

import json
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.recipes.healing import Ending, learned, measure
from benchmarks.recipes.pages import CHANGES, FIRST_DAY, LAYOUTS, Call, Style, invent, page, randomness
from hoistscraper.reading.by_recipe import Guided, Way, read_guided
from hoistscraper.reading.read import READER, read_page
from hoistscraper.reading.recipe import LEAST_READINGS, LOOK_EVERY, Recipe, as_json, from_json, in_words

URL = "https://calls.example.org/calls"
read = partial(read_guided, url=URL, today=FIRST_DAY)


def calls(count: int = 8, *, first: int = 0) -> list[Call]:
    return invent(randomness(7), count, first=first, kind="Grant for the")


def shown(style: Style, some: list[Call]) -> str:
    return page(style, some, randomness(7))


def taught(style: Style, some: list[Call]) -> Recipe:
    recipe = learned(shown(style, some))
    assert recipe is not None
    return recipe


def names(guided: Guided) -> list[str | None]:
    return [item.title for item in guided.reading.items]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_reads_the_same_by_its_recipe(layout: str) -> None:
    content = shown(Style(layout), calls())
    guided = read(content, recipe=taught(Style(layout), calls()))
    assert guided.way is Way.RECIPE
    plain = read_page(content, url=URL, today=FIRST_DAY)
    assert replace(guided.reading, elapsed_ms=0) == replace(plain, elapsed_ms=0)


def test_a_recipe_is_used_once_enough_readings_agreed() -> None:
    content = shown(Style("cards"), calls())
    recipe: Recipe | None = None
    ways = []
    for _ in range(LEAST_READINGS + 1):
        guided = read(content, recipe=recipe)
        recipe = guided.recipe
        ways.append(guided.way)
    assert ways == [Way.GENERAL] * LEAST_READINGS + [Way.RECIPE]


def test_a_recipe_in_use_is_compared_with_the_general_reader_now_and_then() -> None:
    recipe: Recipe | None = taught(Style("list"), calls())
    ways = []
    for _ in range(LOOK_EVERY):
        guided = read(shown(Style("list"), calls()), recipe=recipe)
        recipe = guided.recipe
        ways.append(guided.way)
    assert ways == [Way.RECIPE] * (LOOK_EVERY - 1) + [Way.GENERAL]


def test_new_calls_are_read_by_a_recipe_too() -> None:
    more = [*calls(3, first=50), *calls()]
    guided = read(shown(Style("table"), more), recipe=taught(Style("table"), calls()))
    assert (guided.way, names(guided)) == (Way.RECIPE, [call.title for call in more])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_recipe_comes_back_from_its_json_as_it_was(layout: str) -> None:
    recipe = taught(Style(layout), calls())
    assert from_json(json.loads(json.dumps(as_json(recipe))), reader=READER) == recipe


def test_a_recipe_of_other_rules_is_confirmed_anew_and_one_of_another_format_dropped() -> None:
    kept = as_json(taught(Style("cards"), calls()))
    other = from_json({**kept, "reader": "0"}, reader=READER)
    assert other is not None
    assert not other.is_in_use
    assert from_json({**kept, "format": 0}, reader=READER) is None


def test_a_person_is_told_where_things_stand() -> None:
    told = "\n".join(in_words(taught(Style("table"), calls())))
    assert "rows of a table, up to 8 on a page, at body > main > table.calls > tbody > tr" in told
    assert "Title, Reference, Closing date" in told
    assert "Deadline: at td[3], labelled “Closing date”, in 100% of the rows." in told
    assert "Next page" in told


def test_calls_that_moved_are_found_again() -> None:
    rebuilt = replace(Style("cards"), holder="tiles", block="tile", parts="tile")
    guided = read(shown(rebuilt, calls()), recipe=taught(Style("table"), calls()))
    assert (guided.way, names(guided)) == (Way.REPAIRED, [call.title for call in calls()])
    assert guided.sentence is not None
    assert "8 of its calls read as before" in guided.sentence
    again = read(shown(rebuilt, calls()), recipe=guided.recipe)
    assert again.way is Way.RECIPE


def test_calls_are_told_from_a_longer_list_that_the_general_reader_prefers() -> None:
    [change] = [change for change in CHANGES if change.name == "past awards above, as a table"]
    some = invent(randomness("1 list 0"), 7, kind="")
    rebuilt = replace(change.restyle(Style("list")), holder="moved", block="entry")
    content = shown(rebuilt, some)
    general = read_page(content, url=URL, today=FIRST_DAY)
    assert some[0].title not in [item.title for item in general.items]
    guided = read(content, recipe=taught(Style("list"), some))
    assert (guided.way, names(guided)) == (Way.REPAIRED, [call.title for call in some])


def test_a_list_of_other_things_in_its_place_is_refused() -> None:
    other = invent(randomness(1), 20, first=900, kind="Grant for the")
    guided = read(shown(Style("cards"), other), recipe=taught(Style("table"), calls()))
    assert guided.way is Way.REFUSED
    assert guided.recipe == taught(Style("table"), calls())


def test_dates_that_read_the_other_way_round_are_refused() -> None:
    some = [replace(call, deadline=date(2031, 3 + number % 4, 1)) for number, call in enumerate(calls())]
    swapped = [replace(call, deadline=date(2031, 1, call.deadline.month)) for call in some]
    guided = read(shown(Style("cards"), swapped), recipe=taught(Style("cards"), some))
    assert guided.way is Way.REFUSED
    assert guided.sentence is not None
    assert "day and month" in guided.sentence


def test_deadlines_that_were_extended_are_taken() -> None:
    later = [replace(call, deadline=date(2031, 12, 20)) for call in calls()]
    guided = read(shown(Style("cards"), later), recipe=taught(Style("cards"), calls()))
    assert {item.deadline.date for item in guided.reading.items if item.deadline} == {date(2031, 12, 20)}
    assert guided.way is not Way.REFUSED


def test_nothing_is_refused_where_too_few_calls_are_known() -> None:
    few = calls(2)
    other = invent(randomness(1), 20, first=900, kind="Grant for the")
    guided = read(shown(Style("cards"), other), recipe=taught(Style("table"), few))
    assert guided.way is Way.GENERAL
    assert len(guided.reading.items) == 20


def test_calls_whose_row_says_less_are_known_by_name_and_address() -> None:
    silent = replace(Style("cards"), deadline_word="On", holder="x", block="y", parts="z")
    guided = read(shown(silent, calls()), recipe=taught(Style("table"), calls()))
    assert (guided.way, names(guided)) == (Way.REPAIRED, [call.title for call in calls()])
    assert guided.sentence is not None
    assert "states less" in guided.sentence


@pytest.mark.parametrize(
    "content", ["", "<p>Nothing is open.</p>", "<html><body><h1>Log in</h1></body></html>"]
)
def test_an_empty_page_is_left_to_the_health_of_the_website(content: str) -> None:
    recipe = taught(Style("table"), calls())
    guided = read(content, recipe=recipe)
    assert (guided.way, guided.reading.items, guided.recipe) == (Way.GENERAL, (), recipe)


def test_no_rebuilt_website_has_a_wrong_value_kept() -> None:
    for tally in measure(seed=5, websites=1):
        assert tally.guided[Ending.WRONG] == 0, tally.name


@settings(max_examples=30, deadline=None)
@given(st.text("<>/ divulapth1tr=\"'class&#;\x00 \n", max_size=400))
def test_no_page_breaks_a_reading_by_recipe(noise: str) -> None:
    guided = read(noise, recipe=taught(Style("cards"), calls()))
    assert guided.recipe is not None
