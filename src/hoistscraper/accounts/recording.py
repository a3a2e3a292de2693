"""Recorded steps as a person writes them down, in lines or as JSON.

::

    # Comments and empty lines are left out.
    fill #user reader@example.org
    fill #password (asked)
    click button[type=submit]
    wait .welcome 10

A selector with spaces before a text to type stands in quotation marks. As JSON, the same is a list of
``{"fill": "#user", "text": "..."}``, ``{"click": "..."}`` and ``{"wait": ".welcome", "seconds": 10}``.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from hoistscraper.accounts.steps import Click, Fill, Step, Wait, step_from_json
from hoistscraper.errors import Invalid

ASKED = "(asked)"
"""Stands for a text that is asked for, so that no password need be written down."""

_USUAL_WAIT_SECONDS = 15.0
_SELECTOR_AND_REST = re.compile(
    r'(?:"(?P<quoted>[^"]*)"|(?P<plain>(?:\[[^\]]*\]|[^\s\[])+))(?:\s+(?P<rest>.*))?$'
)
_SECONDS = re.compile(r"(?P<selector>.*\S)\s+(?P<seconds>\d+(?:\.\d+)?)$")


def recorded_steps(written: str, ask: Callable[[str], str]) -> tuple[Step, ...]:
    """Return the steps, with what ``ask`` answers in the place of each text that is asked for.

    :raises Invalid: a step cannot be read; the message has its number and no text to type.
    """
    told = list(_from_json(written) if written.lstrip().startswith(("[", "{")) else _from_lines(written))
    return tuple(_asked(number, step, ask) for number, step in enumerate(told, start=1))


def written_steps(steps: Sequence[Step]) -> str:
    """Return steps as lines that can be read again; whatever is typed is asked for anew."""
    return "\n".join(_as_line(step) for step in steps)


def _as_line(step: Step) -> str:
    match step:
        case Fill(selector):
            # As in ``_SELECTOR_AND_REST``: what has spaces outside of brackets stands in quotation marks.
            plain = _SELECTOR_AND_REST.match(f"{selector} {ASKED}")
            is_whole = plain is not None and plain["plain"] == selector
            return f"fill {selector} {ASKED}" if is_whole else f'fill "{selector}" {ASKED}'
        case Click(selector):
            return f"click {selector}"
        case Wait(selector, seconds):
            return f"wait {selector} {seconds:g}"


def _asked(number: int, step: Step, ask: Callable[[str], str]) -> Step:
    if not isinstance(step, Fill):
        return step
    if step.text != ASKED:
        return step
    return Fill(step.selector, ask(f"Step {number}, text for {step.selector}"), is_asked=True)


def _from_lines(written: str) -> Iterator[Step]:
    for number, line in enumerate(written.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield _from_line(number, line.strip())


def _from_line(number: int, line: str) -> Step:
    verb, _, rest = line.partition(" ")
    match verb, rest.strip():
        case "fill", told if found := _SELECTOR_AND_REST.match(told):
            if not found["rest"]:
                raise Invalid(
                    f"Line {number} of the steps does not say what to type; write it after the selector, "
                    f"or {ASKED} to be asked for it."
                )
            return Fill(found["quoted"] or found["plain"] or "", found["rest"])
        case "click", told if told:
            return Click(told)
        case "wait", told if found := _SECONDS.match(told):
            return Wait(found["selector"], float(found["seconds"]))
        case "wait", told if told:
            return Wait(told, _USUAL_WAIT_SECONDS)
        case _:
            raise Invalid(
                f"Line {number} of the steps is none of: fill SELECTOR TEXT, click SELECTOR, "
                "wait SELECTOR SECONDS."
            )


def _from_json(written: str) -> Iterator[Step]:
    try:
        told = json.loads(written)
    except json.JSONDecodeError as error:
        raise Invalid(f"The steps are no JSON from line {error.lineno} on; mend it there.") from None
    if not isinstance(told, list):
        raise Invalid('The steps as JSON are a list, such as [{"click": "#go"}].')
    for number, step in enumerate(told, start=1):
        if not isinstance(step, Mapping):
            raise Invalid(f'Step {number} is no object such as {{"click": "#go"}}.')
        yield step_from_json({"seconds": _USUAL_WAIT_SECONDS, **step} if "wait" in step else step)
