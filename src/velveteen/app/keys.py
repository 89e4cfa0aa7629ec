"""Who may speak to the pages: a token that opens them once, and the cookie that it is exchanged for."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

COOKIE = "n"


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Keys:
    """The secrets of one run; they outlive a lock, so that the same browser finds the page again.

    Attributes:
        token: in the address that the program opens; worth nothing after its first use, or once empty.
        cookie: what the browser holds from then on.
    """

    token: str = field(default_factory=_secret)
    cookie: str = field(default_factory=_secret)

    def spend(self, token: str) -> bool:
        """Whether this is the unspent token; it is spent then."""
        fits = bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())
        if fits:
            self.token = ""
        return fits

    def known(self, cookie: str) -> bool:
        """Whether this is the cookie."""
        return hmac.compare_digest(cookie.encode(), self.cookie.encode())
