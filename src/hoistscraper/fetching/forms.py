"""The form that a log-in page offers, and what a browser would send when it is filled in.  (pure)"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from lxml import etree, html
from lxml.html import FormElement, HtmlElement, InputElement, SelectElement
from yarl import URL

from hoistscraper.fetching.bounds import within_bounds
from hoistscraper.fetching.charsets import codec_for
from hoistscraper.fetching.urls import joined

_URLENCODED = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_NAMES_OF_USERS = ("user", "login", "mail", "account", "name", "benutzer", "utilisateur", "usuario", "utente")
_NEVER_SENT = frozenset({"submit", "image", "button", "reset", "file"})
_CAPTCHAS = ("recaptcha", "hcaptcha", "h-captcha", "cf-turnstile", "captcha")


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled form, ready to be posted; its content holds secrets."""

    url: URL
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A form with a password field. ``fields`` are what a browser sends untouched, in the page's order.

    ``method`` is ``None`` where the page leaves it to a script.
    """

    action: URL
    method: str | None
    enctype: str
    charset: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    user_field: str | None
    password_field: str | None
    asks_captcha: bool = False

    def filled(self, values: Mapping[str, str]) -> Submission:
        """Return what to post when these fields are filled in."""
        pairs = [(name, values.get(name, value)) for name, value in self.fields]
        known = {name for name, _ in self.fields}
        pairs += [(name, value) for name, value in values.items() if name not in known]
        pairs = [(name, self.charset if name == "_charset_" else value) for name, value in pairs]
        content, content_type = self._encoded(pairs)
        return Submission(self.action, content_type, content)

    def _encoded(self, pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
        codec = codec_for(self.charset) or "utf-8"
        if self.enctype == _MULTIPART:
            return _multipart(pairs, codec)
        if self.enctype == "text/plain":
            lines = "".join(f"{name}={value}\r\n" for name, value in pairs)
            return _bytes(lines, codec), f"text/plain; charset={self.charset}"
        encoded = "&".join(
            f"{quote_plus(_bytes(name, codec))}={quote_plus(_bytes(value, codec))}" for name, value in pairs
        )
        return encoded.encode("ascii"), _URLENCODED


def log_in_form(text: str, url: str, *, charset: str | None = None) -> Form | None:
    """Return the form of a page that asks for a password; of several, the one that asks for a name too.

    A form that asks for two passwords (to register, to change it) is none to log in by.
    """
    root = parsed(text)
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    address = str(joined(url, base)) if base else url
    found = [
        _read(form, address, url, charset or "utf-8")
        for form in root.iter("form")
        if len(password_inputs(form)) == 1
    ]
    return next((form for form in found if form.user_field), found[0] if found else None)


def parsed(text: str) -> HtmlElement:
    """Return the tree of a page, however broken it is."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        source, _ = within_bounds(text)
        return html.document_fromstring(source.encode("utf-8", "replace") or b"<body></body>", parser=parser)
    except etree.ParserError:
        return html.document_fromstring("<body></body>")


def password_inputs(node: HtmlElement) -> list[HtmlElement]:
    """Return the fields of a form or page that take a password."""
    return [field for field in node.iter("input") if (field.get("type") or "").strip().lower() == "password"]


def is_typed_into(node: HtmlElement) -> bool:
    """Tell whether a field takes a line of text that may be seen."""
    return (node.get("type") or "text").strip().lower() in ("text", "email", "tel", "number")


def is_for_users(node: HtmlElement) -> bool:
    """Tell whether a field asks who one is."""
    words = " ".join(node.get(name) or "" for name in ("name", "id", "autocomplete", "type")).lower()
    return any(word in words for word in _NAMES_OF_USERS)


def _read(form: FormElement, base: str, url: str, charset: str) -> Form:
    button = _button(form)
    told = {name: (button.get(f"form{name}") if button is not None else None) or form.get(name) or ""
            for name in ("action", "method", "enctype")}  # fmt: skip
    fields = list(_fields(form))
    if button is not None and button.get("name"):
        fields.append((button.get("name", ""), button.get("value") or ""))
    password = password_inputs(form)[0]
    return Form(
        action=joined(base, told["action"].strip()) if told["action"].strip() else URL(url),
        method=told["method"].strip().lower() or None,
        enctype=told["enctype"].strip().lower() or _URLENCODED,
        charset=_charset(form, charset),
        fields=tuple(fields),
        user_field=_user_field(form, password),
        password_field=password.get("name"),
        asks_captcha=any(word in etree.tostring(form, encoding="unicode").lower() for word in _CAPTCHAS),
    )


def _fields(form: FormElement) -> Iterator[tuple[str, str]]:
    for node in form.iter("input", "select", "textarea"):
        name = node.get("name")
        kind = (node.get("type") or "text").strip().lower() if node.tag == "input" else node.tag
        if not name or node.get("disabled") is not None or kind in _NEVER_SENT:
            continue
        if kind in ("checkbox", "radio"):
            if node.get("checked") is not None:
                yield name, node.get("value") or "on"
        elif isinstance(node, SelectElement):
            chosen = node.value_options if node.multiple else [node.value]
            yield from ((name, value) for value in chosen if value is not None)
        else:
            yield name, (node.text or "") if node.tag == "textarea" else (node.get("value") or "")


def _charset(form: FormElement, page_charset: str) -> str:
    accepted = (form.get("accept-charset") or "").replace(",", " ").split()
    return next((label for label in [*accepted, page_charset] if codec_for(label)), "utf-8")


def _button(form: FormElement) -> HtmlElement | None:
    for node in form.iter("button", "input"):
        kind = (node.get("type") or ("submit" if node.tag == "button" else "text")).strip().lower()
        if kind in ("submit", "image") and node.get("disabled") is None:
            return node
    return None


def _user_field(form: FormElement, password: HtmlElement) -> str | None:
    before: list[InputElement] = []
    for node in form.iter("input"):
        if node is password:
            break
        if is_typed_into(node):
            before.append(node)
    named = [node for node in before if node.get("name")]
    return next((node.get("name") for node in reversed(named) if is_for_users(node)),
                named[-1].get("name") if named else None)  # fmt: skip


def _multipart(pairs: list[tuple[str, str]], codec: str) -> tuple[bytes, str]:
    boundary = f"----form-{secrets.token_hex(16)}"
    return b"".join(_parts(pairs, boundary, codec)), f"{_MULTIPART}; boundary={boundary}"


def _parts(pairs: list[tuple[str, str]], boundary: str, codec: str) -> Iterator[bytes]:
    for name, value in pairs:
        safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{safe}"\r\n\r\n'
        yield _bytes(head, codec) + _bytes(value, codec) + b"\r\n"
    yield f"--{boundary}--\r\n".encode()


def _bytes(text: str, codec: str) -> bytes:
    # As browsers do: a letter that the charset does not have is written as its number.
    return text.encode(codec, "xmlcharrefreplace")
