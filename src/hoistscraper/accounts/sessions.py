"""From a log-in to the session that a fetcher carries."""

from base64 import b64encode

from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
    RecordedCredential,
)
from hoistscraper.accounts.steps import RecordedLogIn, StepRunner, secret_texts
from hoistscraper.fetching.errors import BrowserMissing
from hoistscraper.fetching.log_in import FormLogIn
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.wording import site_of


def session_for(
    credential: Credential, website_url: str, *, run_steps: StepRunner | None = None
) -> SiteSession:
    """Return a session for one website; ``run_steps`` is the browser, where there is one.

    :raises BrowserMissing: the log-in needs a browser, and there is none.
    """
    match credential:
        case BasicCredential():
            pair = b64encode(f"{credential.user}:{credential.password}".encode()).decode("ascii")
            return SiteSession(
                website_url,
                given="the user name and password",
                headers={"Authorization": f"Basic {pair}"},
                secrets=(credential.password, pair),
            )
        case HeaderCredential():
            return SiteSession(
                website_url,
                given=f"the header {credential.name}",
                headers={credential.name: credential.value},
                secrets=(credential.value,),
            )
        case CookieCredential():
            return SiteSession(
                website_url,
                given="the cookies",
                cookies=credential.cookies,
                secrets=tuple(credential.cookies.values()),
            )
        case FormCredential():
            return _by_form(credential, website_url)
        case RecordedCredential():
            return _by_steps(credential, website_url, run_steps)


def _by_form(credential: FormCredential, website_url: str) -> SiteSession:
    return SiteSession(
        website_url,
        given="the user name and password",
        log_in=FormLogIn(
            url=credential.url,
            user=credential.user,
            password=credential.password,
            user_field=credential.user_field,
            password_field=credential.password_field,
            more=credential.more,
            success_text=credential.success_text,
        ),
        log_in_url=credential.url,
        secrets=(credential.password, *credential.more.values()),
    )


def _by_steps(credential: RecordedCredential, website_url: str, run_steps: StepRunner | None) -> SiteSession:
    if run_steps is None:
        raise BrowserMissing(
            f"The log-in of {site_of(website_url)} is recorded as steps in a browser, and none may be used "
            "here: install chromium, or run `playwright install chromium`, and do not set HOIST_RENDER to "
            "never.",
            url=website_url,
        )
    return SiteSession(
        website_url,
        given="the recorded log-in",
        log_in=RecordedLogIn(credential.url, credential.steps, run_steps),
        log_in_url=credential.url,
        secrets=secret_texts(credential.steps),
    )
