"""Pages in the place of what was asked for, in many languages, and pages that only speak of the matter."""

import pytest

from hoistscraper.extraction.document import parse
from hoistscraper.scraping.blocked import Block, find_block

PROSE = (
    "The programme supports cultural work in rural districts, and its committee meets four times a year. " * 4
)


def page(title: str, body: str) -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("title", "body", "block"),
    [
        ("Just a moment...", "<p>Checking your browser before accessing the website.", Block.CAPTCHA),
        ("Attention Required!", "<h1>Please complete the security check</h1>", Block.CAPTCHA),
        ("example", "<div id=captcha-box></div>", Block.CAPTCHA),
        ("example", "<form action='/challenge-form'></form><p>One more step", Block.CAPTCHA),
        ("Vérification", "<p>Prouvez que vous êtes humain.", Block.CAPTCHA),
        ("Prüfung", "<p>Bestätigen Sie, dass Sie ein Mensch sind.", Block.CAPTCHA),
        ("x", "<p>Confirme que es humano para continuar.", Block.CAPTCHA),
        ("x", "<p>Conferma di essere umano.", Block.CAPTCHA),
        ("x", "<p>Confirme que você é humano.", Block.CAPTCHA),
        ("x", "<p>Bevestig dat u een mens bent.", Block.CAPTCHA),
        ("x", "<p>Potwierdź, że jesteś człowiekiem.", Block.CAPTCHA),
        ("x", "<p>Potvrďte, že jste člověk.", Block.CAPTCHA),
        ("Access Denied", "<h1>Access Denied</h1><p>Reference #18.2f", Block.DENIED),
        ("403 Forbidden", "<h1>Forbidden</h1>", Block.DENIED),
        ("Request Rejected", "The requested URL was rejected. Your support ID is: 1234", Block.DENIED),
        ("Accès refusé", "<h1>Accès refusé</h1>", Block.DENIED),
        ("Fehler", "<p>Ihre IP-Adresse wurde gesperrt.", Block.DENIED),
        ("Error", "<p>No tiene permiso para acceder a esta página.", Block.DENIED),
        ("Odmowa dostępu", "", Block.DENIED),
        ("Sorry", "<p>We have detected unusual traffic from your network.", Block.TRAFFIC),
        ("Pardon", "<p>Pardon Our Interruption...", Block.TRAFFIC),
        ("Zu viele Anfragen", "", Block.TRAFFIC),
        ("Portal", "<p>Your session has expired. <a href=/>Back</a>", Block.SESSION),
        ("Portal", "<p>Ihre Sitzung ist abgelaufen.", Block.SESSION),
        ("Portal", "<p>Votre session a expiré.", Block.SESSION),
        ("Portal", "<p>Su sesión ha caducado.", Block.SESSION),
        ("Portal", "<form><input name=u><input type=password></form>", Block.SESSION),
        ("Log in - Portal", "<h1>Log in</h1><p>Enter your e-mail address.", Block.SESSION),
        ("Maintenance", "<p>Back soon.", Block.MAINTENANCE),
        ("Portal", "<p>Our website is currently under maintenance.", Block.MAINTENANCE),
        ("Wartungsarbeiten", "<p>Bis gleich", Block.MAINTENANCE),
        ("Sito in manutenzione", "", Block.MAINTENANCE),
    ],
)
def test_what_stands_in_the_place_of_a_page_is_named(title: str, body: str, block: Block) -> None:
    assert find_block(parse(page(title, body))) is block


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Accessible captchas: call for proposals", f"<h1>Accessible captchas</h1><p>{PROSE}"),
        ("Research on access denied to archives", f"<h1>Why is access denied?</h1><p>{PROSE}"),
        ("Maintenance of historic buildings", f"<h1>Maintenance of historic buildings</h1><p>{PROSE}"),
        ("Road maintenance tender", "<h1>Road maintenance</h1><p>Works on three bridges."),
        ("Robots in care", f"<h1>Are robots human?</h1><p>{PROSE}"),
        ("Open calls", f"<h1>Open calls</h1><p>There are no open calls.<h2>Log in</h2><p>{PROSE}"),
        ("Security checks at airports: tender", "<h1>Security checks at airports</h1><p>Lot 1: scanners."),
        ("Open calls", f"<h1>Open calls</h1><p>No calls at present.<p>{PROSE * 3}<input type=password>"),
        ("Contact", f"<h1>Contact</h1><p>{PROSE * 2}<div class=g-recaptcha></div>"),
        ("News", f"<h1>News</h1><p>You have been blocked, said the sign. {PROSE * 8}"),
        ("", ""),
    ],
)
def test_a_page_about_such_things_is_none(title: str, body: str) -> None:
    assert find_block(parse(page(title, body))) is None
