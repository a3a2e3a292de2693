"""Recorded steps of a log-in in a browser, and what a browser has to offer to take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hoistscraper.errors import Invalid
from hoistscraper.fetching.site_session import Door, SiteSession

LONGEST_WAIT_SECONDS = 60.0
_LONGEST_SELECTOR = 1_000


@dataclass(frozen=True, slots=True)
class Fill:
    """Type a text into the field that a CSS selector names; ``is_asked``: nobody wrote the text down."""

    selector: str
    text: str = field(repr=False)
    is_asked: bool = False

    def __post_init__(self) -> None:
        _must_select(self.selector)
        if not self.text:
            raise Invalid("A recorded step has nothing to type into its field.")


@dataclass(frozen=True, slots=True)
class Click:
    """Click what a CSS selector names."""

    selector: str

    def __post_init__(self) -> None:
        _must_select(self.selector)


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait until what a CSS selector names is there, so long at most."""

    selector: str
    seconds: float = 15.0

    def __post_init__(self) -> None:
        _must_select(self.selector)
        if not 0 < self.seconds <= LONGEST_WAIT_SECONDS:
            raise Invalid(f"A wait takes more than 0 and at most {LONGEST_WAIT_SECONDS:g} seconds.")


Step = Fill | Click | Wait


class StepRunner(Protocol):
    """A browser, as far as a log-in needs one."""

    async def __call__(self, session: SiteSession, door: Door, url: str, steps: Sequence[Step]) -> None:
        """Open an address and take the steps; the cookies that the website sets stay in the session's jar.

        :raises LogInFailed: a step could not be taken, or the website does not take what was typed.
        :raises FetchError: the address cannot be had.
        """


@dataclass(frozen=True, slots=True)
class RecordedLogIn:
    """A log-in by recorded steps; satisfies ``LogIn``."""

    url: str
    steps: tuple[Step, ...] = field(repr=False)
    run: StepRunner = field(repr=False)

    async def __call__(self, session: SiteSession, door: Door) -> None:
        """Log in; the cookies of it stay with the session."""
        await self.run(session, door, self.url, self.steps)


def step_as_json(step: Step) -> dict[str, object]:
    """Return a step in the form in which it is stored."""
    match step:
        case Fill():
            return {"fill": step.selector, "text": step.text, "asked": step.is_asked}
        case Click():
            return {"click": step.selector}
        case Wait():
            return {"wait": step.selector, "seconds": step.seconds}


def step_from_json(stored: Mapping[str, object]) -> Step:
    """Return a stored step.

    :raises Invalid: it is none.
    """
    match stored:
        case {"fill": str(selector), "text": str(text)}:
            return Fill(selector, text, is_asked=stored.get("asked") is True)
        case {"click": str(selector)}:
            return Click(selector)
        case {"wait": str(selector), "seconds": float() | int() as seconds}:
            return Wait(selector, float(seconds))
        case _:
            raise Invalid("A recorded step is none of fill, click and wait.")


def secret_texts(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return which texts of the steps are secret: those that were asked for, or all where none was."""
    fills = [step for step in steps if isinstance(step, Fill)]
    return tuple(step.text for step in fills if step.is_asked) or tuple(step.text for step in fills)


def _must_select(selector: str) -> None:
    if not selector.strip() or len(selector) > _LONGEST_SELECTOR:
        raise Invalid("A recorded step does not say which part of the page it is for.")
