"""Forms as a browser would send them."""

import pytest
from yarl import URL

from hoistscraper.fetching.forms import Form, log_in_form

PAGE = "https://portal.example/account/login"


def form_of(inside: str, *, attributes: str = 'method="post"', before: str = "", **more: str) -> Form:
    """Return the form of a page."""
    found = log_in_form(f"<title>x</title>{before}<form {attributes}>{inside}</form>", PAGE, **more)
    assert found is not None
    return found


LOG_IN = '<input name="user"><input type="password" name="pw">'


def test_everything_that_a_browser_sends_is_sent_in_the_order_of_the_page() -> None:
    form = form_of(
        '<input type="hidden" name="csrf" value="t&amp;1"><input name="user">'
        '<input type="password" name="pw">'
        '<input type="checkbox" name="a" checked><input type="checkbox" name="b" value="2">'
        '<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>'
        '<select name="s"><option value="x">X<option value="y" selected>Y</select>'
        '<textarea name="t">words</textarea><input name="off" value="1" disabled><input type="file" name="f">'
        '<button type="button" name="no">No</button><button name="go" value="1">Go</button>'
    )
    assert form.fields == (
        ("csrf", "t&1"),
        ("user", ""),
        ("pw", ""),
        ("a", "on"),
        ("r", "2"),
        ("s", "y"),
        ("t", "words"),
        ("go", "1"),
    )
    sent = form.filled({"user": "Zoë", "pw": "a+b &=c"})
    assert sent.content == b"csrf=t%261&user=Zo%C3%AB&pw=a%2Bb+%26%3Dc&a=on&r=2&s=y&t=words&go=1"
    assert sent.content_type == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("attributes", "before", "action"),
    [
        ('method="post"', "", PAGE),
        ('method="post" action=""', "", PAGE),
        ('method="post" action="check?a=1"', "", "https://portal.example/account/check?a=1"),
        ('method="post" action="//id.example/x"', "", "https://id.example/x"),
        ('method="post" action="in"', '<base href="/app/">', "https://portal.example/app/in"),
    ],
)
def test_the_form_goes_where_the_page_says(attributes: str, before: str, action: str) -> None:
    assert form_of(LOG_IN, attributes=attributes, before=before).action == URL(action)


def test_the_button_may_say_otherwise() -> None:
    form = form_of(
        f'{LOG_IN}<button formaction="/other" formmethod="post" '
        'formenctype="multipart/form-data">Go</button>',
        attributes="",
    )
    assert (form.method, form.enctype) == ("post", "multipart/form-data")
    assert form.action == URL("https://portal.example/other")


def test_many_parts_are_sent_as_such() -> None:
    inside = '<input name="u&quot;x"><input type="password" name="pw">'
    form = form_of(inside, attributes='enctype="multipart/form-data"')
    sent = form.filled({'u"x': "é", "pw": "line"})
    boundary = sent.content_type.partition("boundary=")[2]
    assert (
        sent.content
        == (
            f'--{boundary}\r\nContent-Disposition: form-data; name="u%22x"\r\n\r\né\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="pw"\r\n\r\nline\r\n--{boundary}--\r\n'
        ).encode()
    )


@pytest.mark.parametrize(
    ("attributes", "charset", "expected"),
    [
        ("", "iso-8859-1", b"user=Zo%EB&pw=%26%23321%3B"),
        ("", "utf-8", b"user=Zo%C3%AB&pw=%C5%81"),
        ('accept-charset="ISO-8859-2"', "utf-8", b"user=Zo%EB&pw=%A3"),
        ('accept-charset="nonsense"', "utf-8", b"user=Zo%C3%AB&pw=%C5%81"),
    ],
)
def test_letters_are_sent_in_the_charset_that_the_form_wants(
    attributes: str, charset: str, expected: bytes
) -> None:
    form = form_of(LOG_IN, attributes=attributes, charset=charset)
    assert form.filled({"user": "Zoë", "pw": "Ł"}).content == expected


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ('<input name="org"><input name="username"><input type="password" name="p">', "username"),
        ('<input name="q7"><input type="password" name="p">', "q7"),
        ('<input type="email" name="x1"><input name="pin"><input type="password" name="p">', "x1"),
        ('<input type="password" name="p"><input name="later">', None),
    ],
)
def test_the_field_for_the_name_stands_before_the_password(inside: str, name: str | None) -> None:
    assert form_of(inside).user_field == name


def test_of_several_forms_the_one_to_log_in_by_is_taken() -> None:
    password = '<input type="password" name="{}">'
    search = '<form><input name="q"></form>'
    register = f'<form method="post"><input name="u">{password.format("a")}{password.format("b")}</form>'
    found = log_in_form(f"{search}{register}<form method=post>{LOG_IN}</form>", PAGE)
    assert found
    assert found.password_field == "pw"
    assert log_in_form(search + register, PAGE) is None


def test_a_filled_form_does_not_show_what_is_in_it() -> None:
    form = form_of('<input type="hidden" name="csrf" value="marker-token">' + LOG_IN)
    assert "marker" not in f"{form!r} {form.filled({'user': 'marker-user', 'pw': 'marker-pw'})!r}"


@pytest.mark.parametrize("text", ["", "<", "\x00", "<form><form><form>", "plain words", "<!-- -->"])
def test_broken_pages_offer_no_form(text: str) -> None:
    assert log_in_form(text, PAGE) is None
