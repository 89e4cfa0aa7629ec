"""What holds for every test: nothing reaches out of this computer, and where browsers must run, one is there."""

from __future__ import annotations

import os
import shutil
import socket

import pytest

_HERE = ("127.", "::1", "localhost", "0.0.0.0")


class ReachedOut(AssertionError):
    """A test tried to open a socket to another computer."""


def pytest_configure():
    """Stop where a browser is required and none is there: skipped browser tests must not look like passed ones."""
    required = os.environ.get("VELVETEEN_REQUIRE_BROWSER") == "1"
    if required and not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        raise pytest.UsageError("VELVETEEN_REQUIRE_BROWSER=1, and there is no Chromium")


def _refuse_outward(address):
    if isinstance(address, tuple) and not str(address[0]).startswith(_HERE):
        raise ReachedOut(f"a socket was opened outward, to {address}")


@pytest.fixture(autouse=True)
def no_outward_sockets(monkeypatch):
    """Sockets may stay on this computer (loopback, Unix domain); every other use fails the test."""

    class HomeSocket(socket.socket):
        def connect(self, address):
            _refuse_outward(address)
            return super().connect(address)

        def connect_ex(self, address):
            _refuse_outward(address)
            return super().connect_ex(address)

        def sendto(self, data, *rest):
            _refuse_outward(rest[-1])
            return super().sendto(data, *rest)

    resolve = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        if host is not None:
            _refuse_outward((host,))
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "socket", HomeSocket)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
