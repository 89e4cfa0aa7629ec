"""The guard itself: a socket to another computer fails a test, one on this computer does not."""

from __future__ import annotations

import socket

import pytest

ELSEWHERE = ("192.0.2.1", 80)  # a documentation address (RFC 5737)


def outward(kind):
    return socket.socket(socket.AF_INET, kind)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(ELSEWHERE, timeout=0.1),
        lambda: outward(socket.SOCK_STREAM).connect(ELSEWHERE),
        lambda: outward(socket.SOCK_STREAM).connect_ex(ELSEWHERE),
        lambda: outward(socket.SOCK_DGRAM).sendto(b"x", ELSEWHERE),
        lambda: socket.getaddrinfo("example.org", 443),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_reaching_out_fails(reach):
    with pytest.raises(AssertionError, match="outward"):
        reach()


def test_this_computer_may_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
