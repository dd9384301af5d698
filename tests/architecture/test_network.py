"""No test leaves this machine."""

import socket

import pytest

from tests.conftest import NetworkReached


def test_a_test_cannot_connect_elsewhere() -> None:
    with socket.socket() as reaching, pytest.raises(NetworkReached, match=r"192\.0\.2\.1"):
        reaching.connect(("192.0.2.1", 80))


def test_a_test_cannot_look_a_name_up() -> None:
    with pytest.raises(NetworkReached, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)


def test_a_test_may_connect_to_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
