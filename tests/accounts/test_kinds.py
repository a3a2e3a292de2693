"""Log-ins as checked values."""

from collections.abc import Callable

import pytest

from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
    RecordedCredential,
    cookies_from,
    must_suit,
)
from hoistscraper.accounts.packing import kind_of, packed, unpacked
from hoistscraper.accounts.sessions import session_for
from hoistscraper.accounts.steps import Click, Fill, Wait
from hoistscraper.errors import HoistError, Invalid
from hoistscraper.fetching.errors import BrowserMissing

LOG_IN = "https://portal.example/login"
MARKER = "marker-secret"
ALL: tuple[Credential, ...] = (
    BasicCredential(user=MARKER, password=MARKER),
    CookieCredential(cookies={"sid": MARKER, "lang": "en"}),
    HeaderCredential(name="X-Key", value=MARKER),
    FormCredential(url=LOG_IN, user=MARKER, password=MARKER, more={"pin": MARKER}, success_text="Log out"),
    FormCredential(url=LOG_IN, user="a", password="b", user_field="u", password_field="p"),
    RecordedCredential(url=LOG_IN, steps=(Fill("#u", MARKER), Click("#go"), Wait(".calls", 3.0))),
)


@pytest.mark.parametrize("credential", ALL, ids=lambda one: type(one).__name__)
def test_a_log_in_comes_back_from_the_vault_as_it_went_in(credential: Credential) -> None:
    assert unpacked(kind_of(credential), packed(credential)) == credential


@pytest.mark.parametrize("credential", ALL, ids=lambda one: type(one).__name__)
def test_no_log_in_shows_its_secrets(credential: Credential) -> None:
    assert MARKER not in f"{credential!r} {credential} {[credential]}"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: BasicCredential(user="", password="x"), "user name is empty"),
        (lambda: BasicCredential(user="a:b", password="x"), "colon"),
        (lambda: BasicCredential(user="a", password=f"{MARKER}\r\nX: y"), "line break"),
        (lambda: BasicCredential(user="a", password=MARKER * 1000), "more than 8000"),
        (lambda: CookieCredential(cookies={}), "no cookie"),
        (lambda: CookieCredential(cookies={"a b": MARKER}), "cannot be sent"),
        (lambda: CookieCredential(cookies={"a": f"{MARKER};x"}), "cannot be sent"),
        (lambda: HeaderCredential(name="X Key", value=MARKER), "none that a header can have"),
        (lambda: HeaderCredential(name="Host", value=MARKER), "set by HoistScraper itself"),
        (lambda: HeaderCredential(name="cookie", value=MARKER), "set by HoistScraper itself"),
        (lambda: HeaderCredential(name="X", value=f"{MARKER}\nY: z"), "line break"),
        (lambda: HeaderCredential(name="X", value=f"{MARKER}é"), "letters"),
        (lambda: FormCredential(url="file:///etc/passwd", user="a", password=MARKER), "file:"),
        (lambda: FormCredential(url=LOG_IN, user="a", password=""), "password is empty"),
        (lambda: RecordedCredential(url=LOG_IN, steps=()), "no steps"),
        (lambda: RecordedCredential(url=LOG_IN, steps=(Fill(" ", MARKER),)), "which part of the page"),
        (lambda: RecordedCredential(url=LOG_IN, steps=(Wait("#a", 999),)), "at most 60 seconds"),
        (lambda: unpacked("smoke-signal", {"user": MARKER}), "does not know"),
        (lambda: unpacked("recorded", {"url": LOG_IN, "steps": [{"shout": MARKER}]}), "none of fill"),
    ],
)
def test_a_wrong_log_in_is_refused_in_words_that_do_not_repeat_it(
    make: Callable[[], Credential], said: str
) -> None:
    with pytest.raises(HoistError, match=said) as refused:
        make()
    assert MARKER not in str(refused.value)


@pytest.mark.parametrize("text", ["a=1; b=x=y==", "Cookie: a=1; b=x=y==", " a=1;b=x=y==; "])
def test_cookies_are_read_as_a_browser_shows_them(text: str) -> None:
    assert cookies_from(text) == {"a": "1", "b": "x=y=="}


@pytest.mark.parametrize("text", ["", ";", "only-a-value", f"a=1; {MARKER}"])
def test_what_are_no_cookies_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        CookieCredential(cookies=cookies_from(text))
    assert MARKER not in str(refused.value)


def test_a_protected_website_has_no_log_in_without_protection() -> None:
    credential = FormCredential(url="http://portal.example/login", user="a", password="b")
    with pytest.raises(Invalid, match="https://"):
        must_suit(credential, "https://portal.example/", frozenset())
    must_suit(credential, "http://portal.example/", frozenset())


def test_recorded_steps_need_a_browser() -> None:
    with pytest.raises(BrowserMissing, match=r"portal\.example.*install chromium"):
        session_for(ALL[-1], "https://portal.example/")
