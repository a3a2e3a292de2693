"""``/api/password-resets``: another password for who has forgotten theirs, by a link that works once."""

from fastapi import BackgroundTasks, status

from hoistscraper import mail
from hoistscraper.accounts import password_resets
from hoistscraper.api.access import ACCOUNTS
from hoistscraper.api.link_wire import ForgottenPassword, NewPasswordByLink, ResetAsked
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.session import PlaceOf
from hoistscraper.api.trail import TrailOf, by_themselves
from hoistscraper.audit.actions import Action
from hoistscraper.clock import now
from hoistscraper.errors import Refused

router = resource("/password-resets", ACCOUNTS)

_ASKED = "If there is an account with a password for this e-mail address, a letter with a link is on its way."
_NO_LETTERS = (
    "No e-mail is sent from here: ask an administrator for a link, which the page Settings → Users makes, "
    "or `hoistscraper user reset-link EMAIL`."
)


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    responses=documented(403, 429),
    summary="Ask for a link to a new password",
)
async def ask_for_new_password(
    body: ForgottenPassword, parts: PartsOf, place: PlaceOf, later: BackgroundTasks
) -> ResetAsked:
    """Have a link sent to a user; the answer is the same whether there is one or not.

    403: no e-mail is sent from here. 429: too often; Retry-After says when to try again.
    """
    if not mail.is_sent_here(parts.settings):
        raise Refused(_NO_LETTERS)
    at = now()
    await password_resets.count_wish(parts.database, email=body.email, address=place.address, at=at)
    # What is known of the account is looked up once the answer has gone, so that it takes no longer for some.
    later.add_task(password_resets.send_link, parts.database, parts.settings, email=body.email, at=at)
    return ResetAsked(detail=_ASKED)


@router.post(
    "/accept",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404),
    summary="Set a new password by a link",
)
async def set_new_password(body: NewPasswordByLink, parts: PartsOf, trail: TrailOf) -> None:
    """Set another password, and sign the user out everywhere. 404: the link was used, or has ended."""
    await password_resets.accept(
        parts.database,
        secret=body.token.get_secret_value(),
        password=body.password.get_secret_value(),
        told=by_themselves(trail, Action.USER_PASSWORD),
        at=now(),
    )
