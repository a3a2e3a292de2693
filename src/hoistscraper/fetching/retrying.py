"""Which failures may pass, and how long to wait before asking again."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_exponential, wait_random

from hoistscraper.fetching.errors import (
    ConnectionLost,
    ConnectionRefused,
    FetchError,
    RateLimited,
    ServerFailure,
    TimedOut,
    Unreachable,
)

Answer = TypeVar("Answer")

LONGEST_WAIT_SECONDS = 60.0
"""A website that wants to be left alone for longer is given up, for now."""

_LONGEST_BACKOFF_SECONDS = 20.0
_PASSING_STATUSES = frozenset({500, 502, 503, 504})
_ONCE_MORE = (TimedOut, ConnectionRefused, Unreachable)


async def patiently(policy: AsyncRetrying, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Return what asking brings, asking again as the policy has it."""
    failures: list[FetchError] = []
    try:
        return await ask()
    except FetchError as failure:
        failures.append(failure)

    async def first_failed() -> Answer:
        if failures:
            raise failures.pop()
        return await ask()

    # The policy's own machinery costs as much as a small page, so only a page that failed enters it.
    answer: Answer = await policy.copy()(first_failed)
    return answer


def retrying(attempts: int, backoff_seconds: float, on_retry: Callable[[], None]) -> AsyncRetrying:
    """Return the policy for one page; ``attempts`` counts the first one too."""
    backoff = wait_exponential(multiplier=backoff_seconds, max=_LONGEST_BACKOFF_SECONDS)
    jitter = wait_random(0, backoff_seconds)

    def is_enough(state: RetryCallState) -> bool:
        error = _error(state)
        # Waiting for a timeout again and again would hold up a whole website for a page that hangs.
        allowed = min(attempts, 2) if isinstance(error, _ONCE_MORE) else attempts
        return state.attempt_number >= allowed or wanted_wait_seconds(error) > LONGEST_WAIT_SECONDS

    def wait_seconds(state: RetryCallState) -> float:
        return max(backoff(state) + jitter(state), wanted_wait_seconds(_error(state)))

    return AsyncRetrying(
        retry=retry_if_exception(may_pass),
        stop=is_enough,
        wait=wait_seconds,
        before_sleep=lambda _: on_retry(),
        reraise=True,
    )


def may_pass(error: BaseException) -> bool:
    """Tell whether asking again may help."""
    if isinstance(error, ServerFailure):
        return error.status in _PASSING_STATUSES
    return isinstance(error, (ConnectionLost, RateLimited, *_ONCE_MORE))


def wanted_wait_seconds(error: BaseException | None) -> float:
    """Return how long the website wants to be left alone; 0 where it does not say."""
    if isinstance(error, (RateLimited, ServerFailure)):
        return error.retry_after_seconds or 0.0
    return 0.0


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
