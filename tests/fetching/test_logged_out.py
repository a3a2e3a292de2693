"""Which pages say that we are logged out, and which only speak of it."""

from datetime import UTC, datetime

import pytest
from yarl import URL

from hoistscraper.fetching.log_in_words import is_log_in_address, is_log_out_address
from hoistscraper.fetching.logged_out import log_in_wanted
from hoistscraper.fetching.page import Page

ASKED = "https://portal.example/calls/7"
FORM = '<form method="post"><input name="user"><input type="password" name="pw"><button>Go</button></form>'
LONG = "<p>The foundation invites proposals for the restoration of wetlands in the region. </p>" * 30


def judged(
    body: str, *, title: str = "Grants", final: str = ASKED, media_type: str = "text/html"
) -> str | None:
    """Return what is said of a page."""
    text = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    page = Page(
        url=ASKED,
        final_url=final,
        status=200,
        content=text.encode(),
        fetched_at=datetime(2030, 1, 1, tzinfo=UTC),
        media_type=media_type,
        charset="utf-8",
    )
    return log_in_wanted(URL(ASKED), page)


@pytest.mark.parametrize(
    "heading",
    [
        "Log in",
        "Sign in to Grants Online",
        "Member login",
        "Please log in",
        "Anmelden",
        "Bitte anmelden",
        "Anmeldung erforderlich",
        "Connexion",
        "Se connecter",
        "Identifiez-vous",
        "Iniciar sesión",
        "Acceso usuarios",
        "Accedi",
        "Accesso al portale bandi",
    ],
)
def test_a_password_field_under_such_a_heading_is_a_log_in_page(heading: str) -> None:
    assert judged(f"<main><h1>{heading}</h1>{FORM}{LONG}</main>") == "it shows a log-in form"
    assert judged(f"<div>{FORM}{LONG}</div>", title=f"{heading} | Portal") == "it shows a log-in form"


@pytest.mark.parametrize(
    "notice",
    [
        "Your session has expired.",
        "You have been logged out due to inactivity.",
        "Please log in to continue.",
        "You must be logged in to view this page.",
        "Please sign in.",
        "Ihre Sitzung ist abgelaufen.",
        "Bitte melden Sie sich an.",
        "Sie müssen angemeldet sein, um diese Seite zu sehen.",
        "Votre session a expiré.",
        "Veuillez vous reconnecter.",
        "Vous devez être connecté pour accéder à cette page.",
        "Su sesión ha caducado.",
        "Debe iniciar sesión para ver esta convocatoria.",
        "La sessione è scaduta.",
        "È necessario effettuare l'accesso.",
    ],
)
def test_a_short_notice_is_enough(notice: str) -> None:
    assert judged(f"<nav><a href='/'>Home</a></nav><main><p>{notice}</p></main>")


def test_a_form_with_hardly_a_word_around_it_needs_no_heading() -> None:
    assert judged(f"<main><h1>Grants portal</h1><p>For our partners.</p>{FORM}</main>")


def test_a_log_in_that_asks_for_the_name_first_counts() -> None:
    form = '<form method="post"><input type="email" name="email"><button>Next</button></form>'
    assert judged(f"<main><h1>Sign in</h1>{form}</main>") == "it asks for a log-in"


@pytest.mark.parametrize(
    "path", ["/login", "/login/index.php", "/user/login?next=/calls/7", "/Anmeldung.aspx", "/?action=login"]
)
def test_being_sent_to_a_log_in_address_is_enough(path: str) -> None:
    assert judged(LONG, final=f"https://portal.example{path}") == "it sends us to its log-in page"


@pytest.mark.parametrize(
    "box",
    [
        f"<header><h1>Grants</h1>{FORM}</header>",
        f"<nav>{FORM}</nav>",
        f"<aside><h2>Log in</h2>{FORM}</aside>",
        f'<div class="top-bar topbar">{FORM}</div>',
        f'<div id="login-modal" class="modal">{FORM}</div>',
        f'<div style="display: none">{FORM}</div>',
        f'<div role="dialog">{FORM}</div>',
        f"<footer>{FORM}</footer>",
    ],
)
@pytest.mark.parametrize("content", [LONG, "<p>One open call: wetlands, closes 1 March 2031.</p>"])
def test_a_small_log_in_box_beside_the_content_is_no_log_out(box: str, content: str) -> None:
    assert judged(f"{box}<main><h1>Open calls</h1>{content}</main>") is None


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>How to log in</h1>{LONG}</main>",
        "<main><h1>How to log in</h1><p>Open the portal and enter your e-mail address.</p></main>",
        "<main><h1>Wetlands call</h1><p>Closes 1 March 2031. Please log in to apply.</p></main>",
        "<main><h1>Call 7</h1><p>Anmeldung bis 1. März 2031 per E-Mail.</p></main>",
        "<main><h1>Support for log-in systems</h1><p>A call for authentication research.</p></main>",
        f"<main><h1>Research call: sign-in technologies</h1>{LONG}<p>Your session has expired?</p></main>",
        f"<main><h1>Open calls</h1>{LONG}{FORM}</main>",
        (
            "<main><h1>Register</h1><form method=post><input name=u><input type=password name=a>"
            "<input type=password name=b></form></main>"
        ),
        '<main><h1>New password</h1><form><input type=password autocomplete="new-password"></form></main>',
        f'<nav><a href="/out">Log out</a></nav><main><h1>Profile</h1>{FORM}</main>',
        f'<nav><a href="/out">Déconnexion</a></nav><main><h1>Profil</h1>{FORM}</main>',
        "<main><h1>Call 7</h1><p>Training session has ended with 40 participants.</p>" + LONG + "</main>",
        "<main><h1>Call 7</h1><p>The information session has ended; the call closes on 1 March.</p></main>",
        "<main><h1>Acceso a fondos</h1><form><input type='text' name='q'></form></main>",
        "<main></main>",
        "",
    ],
)
def test_a_page_that_only_speaks_of_it_is_no_log_out(body: str) -> None:
    assert judged(body) is None


def test_documents_and_data_are_never_log_in_pages() -> None:
    assert judged(FORM, media_type="application/pdf") is None
    assert judged(FORM, media_type="application/json") is None


@pytest.mark.parametrize(
    "path",
    [
        "/news/how-to-log-in",
        "/calls/login-systems",
        "/blog/login-tips/7",
        "/authors",
        "/access-to-funding",
        "/",
    ],
)
def test_an_address_that_only_speaks_of_it_is_none(path: str) -> None:
    assert not is_log_in_address(URL(f"https://portal.example{path}"))


@pytest.mark.parametrize("path", ["/logout", "/user/sign_out", "/?do=logout", "/abmelden.html"])
def test_addresses_that_log_out_are_known(path: str) -> None:
    assert is_log_out_address(URL(f"https://portal.example{path}"))
