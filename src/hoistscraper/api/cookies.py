"""The cookies by which a browser is recognised; scripts never read them, other websites never send them."""

from datetime import timedelta

from starlette.responses import Response

from hoistscraper.accounts.known_devices import REMEMBERED
from hoistscraper.accounts.signing_in import SignedIn
from hoistscraper.settings import Settings


class Cookies:
    """Sets and reads them; behind TLS they are sent over it only, and other names of the domain set none."""

    SESSION = "hoistscraper-session"
    DEVICE = "hoistscraper-device"

    def __init__(self, settings: Settings) -> None:
        self._is_secure = (settings.public_url or "").startswith("https:")
        prefix = "__Host-" if self._is_secure else ""
        self.session_name, self._device_name = f"{prefix}{self.SESSION}", f"{prefix}{self.DEVICE}"
        self._session_mark = f"{self.session_name}=".encode()
        self._device_mark = f"{self._device_name}=".encode()
        self._session_time = timedelta(days=settings.session_days)

    def session_in(self, header: bytes) -> str | None:
        """Return the secret of the session that a Cookie header holds."""
        return _value(header, self._session_mark)

    def device_in(self, header: bytes) -> str | None:
        """Return the secret of the device that a Cookie header holds."""
        return _value(header, self._device_mark)

    def give(self, response: Response, signed_in: SignedIn) -> None:
        """Give the cookies of somebody who has signed in."""
        self.give_session(response, signed_in.session_secret)
        response.set_cookie(
            self._device_name,
            signed_in.device_secret,
            max_age=round(REMEMBERED.total_seconds()),
            httponly=True,
            secure=self._is_secure,
            samesite="strict",
        )

    def give_session(self, response: Response, secret: str) -> None:
        """Give the cookie of a session."""
        response.set_cookie(
            self.session_name,
            secret,
            max_age=round(self._session_time.total_seconds()),
            httponly=True,
            secure=self._is_secure,
            samesite="lax",
        )

    def take(self, response: Response) -> None:
        """Take the cookie of the session away; that the browser is known stays."""
        response.delete_cookie(self.session_name, httponly=True, secure=self._is_secure, samesite="lax")


def _value(header: bytes, mark: bytes) -> str | None:
    if mark not in header:
        return None
    for part in header.split(b";"):
        cookie = part.strip()
        if cookie.startswith(mark):
            return cookie[len(mark) :].decode("latin-1") or None
    return None
