"""What holds for every test: nothing reaches out of this computer."""

from __future__ import annotations

import socket

import pytest

_HERE = ("127.", "::1", "localhost", "0.0.0.0")


class ReachedOut(AssertionError):
    """A test tried to open a socket to another computer."""


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
