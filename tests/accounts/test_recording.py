"""Recorded steps as people write them down."""

import pytest

from hoistscraper.accounts.recording import recorded_steps
from hoistscraper.accounts.steps import Click, Fill, Step, Wait, secret_texts
from hoistscraper.errors import Invalid

LINES = """
# The log-in of the portal.
fill #user reader@example.org
fill "form #password" (asked)
fill input[name="the pin"] (asked)

  click form > button[type=submit]
wait .welcome 10
wait main .calls
"""
JSON = """[
  {"fill": "#user", "text": "reader@example.org"},
  {"fill": "form #password", "text": "(asked)"},
  {"fill": "input[name=\\"the pin\\"]", "text": "(asked)"},
  {"click": "form > button[type=submit]"},
  {"wait": ".welcome", "seconds": 10},
  {"wait": "main .calls"}
]"""
READ: tuple[Step, ...] = (
    Fill("#user", "reader@example.org"),
    Fill("form #password", "answer 1", is_asked=True),
    Fill('input[name="the pin"]', "answer 2", is_asked=True),
    Click("form > button[type=submit]"),
    Wait(".welcome", 10.0),
    Wait("main .calls", 15.0),
)


@pytest.mark.parametrize("written", [LINES, JSON], ids=["lines", "json"])
def test_lines_and_json_say_the_same(written: str) -> None:
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return f"answer {len(questions)}"

    assert recorded_steps(written, ask) == READ
    assert questions == [
        "Step 2, text for form #password",
        'Step 3, text for input[name="the pin"]',
    ]


def test_what_was_asked_for_is_secret_and_without_it_everything_typed() -> None:
    assert secret_texts(READ) == ("answer 1", "answer 2")
    assert secret_texts((Fill("#user", "reader"), Click("#go"), Fill("#pin", "1234"))) == ("reader", "1234")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("fill #user marker\nshout #go marker", "Line 2 of the steps is none of"),
        ("fill #password", r"Line 1 of the steps does not say what to type.*\(asked\)"),
        ("click", "Line 1"),
        ("wait .welcome 100", "at most 60 seconds"),
        ('[{"click": "#go"},\n{"fill": marker}]', "from line 2 on"),
        ('{"click": "#go"}', "a list"),
        ('["marker"]', "Step 1 is no object"),
        ('[{"shout": "marker"}]', "none of fill, click and wait"),
        ('[{"wait": ".welcome", "seconds": "marker"}]', "none of fill, click and wait"),
    ],
)
def test_a_step_that_cannot_be_read_is_told_without_its_text(written: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        recorded_steps(written, lambda _: "answer")
    assert "marker" not in str(refused.value)
