"""Who may speak to the pages: a token that opens them once, and the cookie that it is exchanged for."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

COOKIE = "n"


def _secret() -> str:
    return secrets.token_urlsafe(32)


def drawn_path() -> str:
    """A path that nobody guesses; it says nothing."""
    return f"/{secrets.token_urlsafe(12)}"


@dataclass(slots=True)
class Keys:
    """The secrets of one run; they outlive a lock, so that the same browser finds the page again.

    Attributes:
        token: in the address that the program opens; worth nothing after its first use, or once empty.
        cookie: what the browser holds from then on.
        under: the path under which all pages are, drawn anew at each start, and that of the cookie. Browsers send a cookie
            to every port of a machine, but only below its path, which no other program knows. Empty: none.
        spent: called once the token is.
    """

    token: str = field(default_factory=_secret)
    cookie: str = field(default_factory=_secret)
    under: str = ""
    spent: Callable[[], None] = lambda: None

    def spend(self, token: str) -> bool:
        """Whether this is the unspent token; it is spent then."""
        fits = bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())
        if fits:
            self.token = ""
            self.spent()
        return fits

    def known(self, cookie: str) -> bool:
        """Whether this is the cookie."""
        return hmac.compare_digest(cookie.encode(), self.cookie.encode())
