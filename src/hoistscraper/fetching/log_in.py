"""Logging in by a form, as a browser would: fetch the page, fill in its form, send it, see what comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yarl import URL

from hoistscraper.errors import Unavailable
from hoistscraper.fetching.arrival import page_of, refresh_of
from hoistscraper.fetching.errors import EmptyPage, FetchError, Forbidden, UnexpectedStatus
from hoistscraper.fetching.forms import Form, Submission, log_in_form
from hoistscraper.fetching.logged_out import shows_log_in
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.pace import Pace
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.redirects import Trail, redirect_target
from hoistscraper.fetching.site_session import Door, SiteSession
from hoistscraper.fetching.urls import origin_of, web_address
from hoistscraper.fetching.wording import shown, site_of

if TYPE_CHECKING:
    from hoistscraper.fetching.asking import Asking
    from hoistscraper.fetching.wire import Answer

_REPEATING_THE_BODY = frozenset({307, 308})
_ANOTHER_WAY = "give the website its cookies instead (hoistscraper credential set URL --kind cookie)"


class FrontDoor:
    """Asks for the pages of a log-in.

    robots.txt is not asked: it speaks of robots that look around, and this is one person's errand, at the
    address that the person named. The pace is kept.
    """

    def __init__(self, asking: "Asking", session: SiteSession, pace: Pace, most_redirects: int) -> None:
        self.manners = Manners(pace, _anybody_may)
        self._asking = asking
        self._session = session
        self._most_redirects = most_redirects

    async def page(self, url: URL) -> Page:
        """Return the page at an address, redirects followed."""
        return await self._arrive(url, None)

    async def submit(self, form: Submission, *, page_url: str) -> Page | None:
        """Post a filled form and return where that leads; ``None``: nowhere, but without complaint.

        :raises LogInFailed: the website refuses it, or wants it sent where it must not go.
        """
        try:
            return await self._arrive(form.url, form, page_url=page_url)
        except EmptyPage:
            return None
        except (Forbidden, UnexpectedStatus):
            raise self._session.failed(_refused(self._session)) from None

    async def _arrive(self, url: URL, form: Submission | None, *, page_url: str = "") -> Page:
        start = str(url)
        trail = Trail(url, self._most_redirects)
        while True:
            answer = await self._answer(url, form, page_url)
            target = redirect_target(answer)
            if target is None:
                page = page_of(start, answer, None, 0.0)
                target = refresh_of(page)
                if target is None:
                    return page
            if self._session.reveals(target):
                raise self._session.failed(
                    f"{self._session.name} writes the password into web addresses, where logs would keep it; "
                    f"{_ANOTHER_WAY}."
                )
            if answer.status not in _REPEATING_THE_BODY:
                form = None
            url = trail.follow(target)

    async def _answer(self, url: URL, form: Submission | None, page_url: str) -> "Answer":
        if form is None:
            return await self._asking.page(url, {})
        if not self._session.trusts(url):
            raise self._session.failed(
                f"The log-in form of {self._session.name} sends the password to {shown(origin_of(url))}, "
                "where it was not sent; if that is meant, set the log-in again with an address there "
                "(--log-in-url)."
            )
        # Many websites accept a form only from their own page, which these headers show.
        headers = {"Referer": page_url, "Origin": origin_of(URL(page_url))}
        return await self._asking.submit(url, form, headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLogIn:
    """A log-in by the form at ``url``. Field names are found on the page where they are not given.

    ``more`` are further fields to fill in; ``success_text`` stands on the page that comes afterwards.
    """

    url: str
    user: str = field(repr=False)
    password: str = field(repr=False)
    user_field: str | None = None
    password_field: str | None = None
    more: Mapping[str, str] = field(default_factory=dict, repr=False)
    success_text: str | None = None

    async def __call__(self, session: SiteSession, door: Door) -> None:
        """Log in; the cookies of it stay with the session.

        :raises LogInFailed: the website does not take the name and password, or offers no form that works.
        :raises FetchError: it cannot be reached for now.
        """
        page = await self._page(session, door)
        form = log_in_form(page.text, page.final_url, charset=page.charset)
        if form is None:
            raise session.failed(
                f"There is no log-in form on {shown(self.url)} that works without a browser; check the "
                f"address, or {_ANOTHER_WAY}."
            )
        landing = await door.submit(self._filled(form, session), page_url=page.final_url)
        self._judge(landing, form, session)

    async def _page(self, session: SiteSession, door: Door) -> Page:
        try:
            return await door.page(web_address(self.url))
        except FetchError as failure:
            if isinstance(failure, Unavailable):
                raise
            raise session.failed(f"The log-in page cannot be had: {failure.message}") from None

    def _filled(self, form: Form, session: SiteSession) -> Submission:
        user_field = self.user_field or form.user_field
        password_field = self.password_field or form.password_field
        if form.method == "get":
            raise session.failed(
                f"The log-in form on {shown(self.url)} would put the password into the web address, "
                f"where logs keep it; {_ANOTHER_WAY}."
            )
        if form.method != "post" or not user_field or not password_field:
            raise session.failed(
                f"The log-in form on {shown(self.url)} works in a browser only; {_ANOTHER_WAY}."
            )
        return form.filled({user_field: self.user, password_field: self.password, **self.more})

    def _judge(self, landing: Page | None, form: Form, session: SiteSession) -> None:
        wanted = self.success_text
        if landing is None:
            return
        if wanted and wanted.casefold() in landing.text.casefold():
            return
        if form.asks_captcha and shows_log_in(landing):
            raise session.failed(f"{site_of(self.url)} asks for a captcha to log in; {_ANOTHER_WAY}.")
        refuse_landing(landing, session)
        if wanted:
            raise session.failed(
                f"After the log-in, {site_of(self.url)} does not show “{shown(wanted)}”; check the user name "
                "and password, or change the text to look for."
            )


def refuse_landing(landing: Page, session: SiteSession) -> None:
    """Judge the page after a log-in.

    :raises LogInFailed: it still asks for one.
    """
    if "one-time-code" in landing.text:
        raise session.failed(
            f"{session.name} asks for a code as a second proof, which nobody is there to give; "
            f"{_ANOTHER_WAY}."
        )
    if shows_log_in(landing):
        raise session.failed(_refused(session))


async def _anybody_may(_: URL) -> None:
    """Obey nothing."""


def _refused(session: SiteSession) -> str:
    return f"{session.name} does not accept {session.given}; {session.set_again}."
