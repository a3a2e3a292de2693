"""Websites that only members may see: who is let in, and the page where one logs in."""

from base64 import b64encode
from hashlib import sha256

from aiohttp import web

from benchmarks.fleet.shapes import Shape
from benchmarks.fleet.websites import KEY, PASSWORD, USER, FleetWebsite

LOG_IN_PATH = "/login"
_FORM = """<!doctype html><html lang="en"><head><title>Log in</title></head><body><main><h1>Log in</h1>
<form action="/login" method="post"><input type="hidden" name="token" value="{token}">
<label>E-mail <input type="email" name="email"></label>
<label>Password <input type="password" name="secret"></label>
<button>Log in</button></form></main></body></html>"""


async def at_the_door(website: FleetWebsite, request: web.BaseRequest) -> web.Response | None:
    """Answer strangers, and who logs in; ``None``: come in."""
    if website.shape is Shape.FORM and request.path == LOG_IN_PATH:
        return await _log_in(website, request)
    if _is_let_in(website, request):
        return None
    if website.shape is Shape.FORM:
        return web.Response(status=302, headers={"Location": LOG_IN_PATH})
    return web.Response(status=401, text="<p>For members.</p>", content_type="text/html")


def secret_of(website: FleetWebsite) -> str:
    """Return what only members of this website know."""
    return sha256(f"{KEY} {website.number}".encode()).hexdigest()[:24]


async def _log_in(website: FleetWebsite, request: web.BaseRequest) -> web.Response:
    if request.method == "POST":
        told = await request.post()
        if (told.get("email"), told.get("secret"), told.get("token")) == (USER, PASSWORD, _token(website)):
            answer = web.Response(status=303, headers={"Location": website.start_path})
            answer.set_cookie("member", secret_of(website), httponly=True)
            return answer
    return web.Response(text=_FORM.format(token=_token(website)), content_type="text/html")


def _is_let_in(website: FleetWebsite, request: web.BaseRequest) -> bool:
    match website.shape:
        case Shape.FORM | Shape.COOKIE:
            return request.cookies.get("member") == secret_of(website)
        case Shape.BASIC:
            known = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            return request.headers.get("Authorization") == f"Basic {known}"
        case Shape.HEADER:
            return request.headers.get("X-Api-Key") == secret_of(website)
        case _:
            return True


def _token(website: FleetWebsite) -> str:
    return f"token-{website.number}"
