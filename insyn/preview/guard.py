"""Who may ask the preview's server for anything: the browser that was given its address, and no other site.

A page elsewhere can make a browser ask 127.0.0.1, and by its own name server be called by our address. So each request
must name us as its host, bear our cookie, which no other site's request does, and come from us when it says from where.
"""

import hmac
import secrets
from email.message import Message
from http.cookies import CookieError, SimpleCookie
from typing import TypeAlias

from msgspec import Struct

ADDRESS = "127.0.0.1"
Headers: TypeAlias = "Message[str, str]"
READING = frozenset({"GET", "HEAD"})
KEY = "nyckel"
"""The name of the token in the address that a preview starts with."""
MOST_COOKIES = 4096
"""Characters. Other programs on 127.0.0.1 share our cookies' jar."""


class Guard(Struct, frozen=True):
    """Judges requests to one server."""

    port: int
    token: str

    @property
    def origin(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    @property
    def start(self) -> str:
        """The address that gives a browser its cookie."""
        return f"{self.origin}/?{KEY}={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie to set. It dies with the browser, and no script reads it."""
        return f"{self._cookie_name}={self.token}; Path=/; HttpOnly; SameSite=Strict"

    @property
    def _cookie_name(self) -> str:
        """Cookies don't know ports, and two projects may be shown at once."""
        return f"insyn-visa-{self.port}"

    def is_addressed(self, headers: Headers) -> bool:
        """Whether a request names us as its host: else a name elsewhere was made to lead here."""
        return headers.get("Host", "") == f"{ADDRESS}:{self.port}"

    def is_from_us(self, method: str, headers: Headers) -> bool:
        """Whether a request comes from a page of ours, or from none. One that changes anything must say so."""
        origin = headers.get("Origin")
        return origin == self.origin or (origin is None and method in READING)

    def has_cookie(self, headers: Headers) -> bool:
        """Whether a request bears the cookie."""
        try:
            cookies = SimpleCookie(headers.get("Cookie", "")[:MOST_COOKIES])
        except CookieError:
            return False
        found = cookies.get(self._cookie_name)
        return found is not None and self.knows(found.value)

    def knows(self, token: str) -> bool:
        """Whether a token is ours, in a time that tells nothing of it."""
        return hmac.compare_digest(token.encode(), self.token.encode())


def new_token() -> str:
    return secrets.token_urlsafe(32)
