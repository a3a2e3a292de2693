"""How much may be asked in a day, in all and about one website, and what is left of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hoistscraper.errors import TooOften
from hoistscraper.settings import Settings


@dataclass(frozen=True, slots=True)
class Spent:
    """Calls and tokens of today."""

    calls: int
    tokens: int
    site_calls: int = 0
    site_tokens: int = 0


class BudgetSpent(TooOften):
    """No more may be asked today."""


def check(spent: Spent, settings: Settings, *, at: datetime) -> None:
    """Let a call pass, if there is budget for it.

    A call is let pass while tokens are left; what it takes beyond them is the next one's loss.

    :raises BudgetSpent: there is none.
    """
    limits = (
        (settings.language_model_daily_calls, spent.calls, "HOIST_LANGUAGE_MODEL_DAILY_CALLS"),
        (settings.language_model_daily_tokens, spent.tokens, "HOIST_LANGUAGE_MODEL_DAILY_TOKENS"),
        (settings.language_model_website_calls, spent.site_calls, "HOIST_LANGUAGE_MODEL_WEBSITE_CALLS"),
        (settings.language_model_website_tokens, spent.site_tokens, "HOIST_LANGUAGE_MODEL_WEBSITE_TOKENS"),
    )
    for limit, used, name in limits:
        if limit and used >= limit:
            raise BudgetSpent(
                f"The language model may not be asked more today ({name}).",
                wait_seconds=(midnight_after(at) - at).total_seconds(),
            )


def has_any_left(spent: Spent, settings: Settings) -> bool:
    """Tell whether anything may be asked today, whatever the website."""
    return all(left is None or left > 0 for left in left_of(spent, settings))


def left_of(spent: Spent, settings: Settings) -> tuple[int | None, int | None]:
    """Return the calls and tokens that are left today; ``None``: there is no limit."""
    limits = (
        (settings.language_model_daily_calls, spent.calls),
        (settings.language_model_daily_tokens, spent.tokens),
    )
    calls, tokens = (max(0, limit - used) if limit else None for limit, used in limits)
    return calls, tokens


def midnight_after(at: datetime) -> datetime:
    """Return when the next day of budgets begins."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)
