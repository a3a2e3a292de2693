"""``/api/session/oidc``: sign in at a provider, and come back."""

import re
from html import escape
from typing import TYPE_CHECKING, Annotated

from fastapi import Query, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from hoistscraper.accounts import identities, journey, throttling
from hoistscraper.accounts.journey import Journey
from hoistscraper.accounts.provider_claims import Claims, NotConfirmed
from hoistscraper.accounts.signing_in import Place, admit
from hoistscraper.api.access import ACCOUNTS
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.parts import Parts, PartsOf
from hoistscraper.api.problems import answer_to, documented
from hoistscraper.api.resource import resource
from hoistscraper.api.session import PlaceOf
from hoistscraper.api.trail import TrailOf, by_themselves, refused
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Trail
from hoistscraper.clock import now
from hoistscraper.errors import HoistError, NotFound, Refused, TooOften
from hoistscraper.settings import Settings

if TYPE_CHECKING:
    from hoistscraper.accounts.provider import Provider

router = resource("/session/oidc", ACCOUNTS)

_VALID_SECONDS = 600
# As RFC 6749 and OpenID Connect name what went wrong.
_ERROR_NAME = re.compile(r"[a-z_]{1,40}")
_COOKIE = "hoistscraper-journey"
_LOST = (
    "It cannot be told that you are who began to sign in: begin once more, in this same browser, and finish "
    "within ten minutes."
)
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Not signed in</title>
<h1>Not signed in</h1>
<p>{sentence}</p>
<p><a href="/">Back to the start page</a></p>
</html>
"""


@router.get(
    "",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=RedirectResponse,
    responses=documented(404),
    summary="Sign in at a provider",
)
async def sign_in_elsewhere(
    request: Request,
    parts: PartsOf,
    next_path: Annotated[
        str,
        Query(alias="next", max_length=500, description="Where to go afterwards: a path of this website."),
    ] = journey.HOME,
) -> Response:
    """Lead a browser to the provider of the settings. 404: there is none."""
    try:
        going = journey.begun(next_path)
        answer = _leading_to(await _provider(parts).way_there(going))
    except HoistError as error:
        return _told(request, error)
    answer.set_cookie(
        _cookie_name(parts.settings),
        going.cookie(),
        max_age=_VALID_SECONDS,
        httponly=True,
        secure=_is_secure(parts.settings),
        # The provider is another website, which sends the browser back.
        samesite="lax",
    )
    return answer


@router.get(
    "/callback",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=RedirectResponse,
    responses=documented(403, 404),
    summary="Come back from a provider",
)
async def come_back(
    request: Request,
    parts: PartsOf,
    place: PlaceOf,
    trail: TrailOf,
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=2_000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Sign in whom the provider of the settings sends, and lead to where that began.

    403: who comes is not who went, the provider does not confirm it, or this person may not sign in here.
    """
    email = None
    try:
        provider = _provider(parts)
        going = _who_went(request, parts.settings, state)
        if error or not code:
            raise Refused(f"You did not sign in at {provider.name}: begin once more, or use a password.")
        answer = _leading_to(going.next_path)
        claims = await provider.claims(code, going, issuer=iss, at=now())
        email = claims.email
        await _sign_in(parts, place, trail, claims, answer)
    except HoistError as problem:
        if isinstance(problem, Refused):
            await _write_down(parts, place, trail, problem, email=email, answered=error)
        answer = _told(request, problem)
    answer.delete_cookie(
        _cookie_name(parts.settings), httponly=True, secure=_is_secure(parts.settings), samesite="lax"
    )
    return answer


async def _sign_in(parts: Parts, place: Place, trail: Trail, claims: Claims, answer: Response) -> None:
    at, told = now(), by_themselves(trail, Action.USER_ADD)
    async with parts.database.transaction() as session:
        user = await identities.recognise(session, parts.settings, claims, told=told, at=at)
        signed_in = await admit(session, parts.settings, user, place=place, at=at)
    Cookies(parts.settings).give(answer, signed_in)


async def _write_down(
    parts: Parts, place: Place, trail: Trail, refusal: Refused, *, email: str | None, answered: str
) -> None:
    """Write down who did not come in, and why; never codes, nor what strangers may write at will."""
    said = {"provider": parts.settings.oidc_name, "reason": refusal.message}
    if isinstance(refusal, NotConfirmed):
        said["because"] = refusal.why
    if _ERROR_NAME.fullmatch(answered):
        said["answer"] = answered
    try:
        async with parts.database.transaction() as session:
            # Anybody may ask for this address again and again: that cannot fill the trail.
            subject = throttling.coming_back(place.address or "")
            await throttling.count_attempt(session, (subject,), at=now())
            await refused(trail, session, email or "", said)
    except TooOften:
        return


def _provider(parts: Parts) -> "Provider":
    if parts.provider is None:
        raise NotFound("Nobody signs in elsewhere here: use your e-mail address and password.")
    return parts.provider


def _who_went(request: Request, settings: Settings, state: str) -> Journey:
    going = journey.read(request.cookies.get(_cookie_name(settings)))
    if going is None or not going.is_state(state):
        raise Refused(_LOST)
    return going


def _leading_to(address: str) -> Response:
    # The address is written already as addresses are: nothing in it may be written anew.
    headers = {"Location": address, "Referrer-Policy": "no-referrer"}
    return Response(status_code=status.HTTP_303_SEE_OTHER, headers=headers)


def _told(request: Request, error: HoistError) -> Response:
    """Return what went wrong: to people as a page, for their browsers open these addresses."""
    problem = answer_to(error)
    if "text/html" not in request.headers.get("accept", ""):
        return problem
    return HTMLResponse(_PAGE.format(sentence=escape(error.message)), problem.status_code)


def _cookie_name(settings: Settings) -> str:
    return f"__Host-{_COOKIE}" if _is_secure(settings) else _COOKIE


def _is_secure(settings: Settings) -> bool:
    return (settings.public_url or "").startswith("https:")
