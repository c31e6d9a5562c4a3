"""The webhook: a real server with a certificate, and addresses that are not for it."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tix.notify.webhook import is_public, post

if TYPE_CHECKING:
    from collections.abc import Iterator

PEM = Path(__file__).with_name("localhost.pem")
BODY = b'{"alerts": []}'


class Server(HTTPServer):
    """A server that keeps what it was sent and answers *status*."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PEM)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.status = status
        self.got: list[tuple[str, str, bytes]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that does not trust this server."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, self.headers["Content-Type"], body))
        self.send_response(self.server.status)
        self.send_header("Location", f"https://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def server(status: int = 200) -> Iterator[Server]:
    with Server(status) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield running
        finally:
            running.shutdown()
            thread.join()


def anywhere(address: str) -> bool:
    return True


def sent(url: str) -> str:
    """Post to a server of this machine, which is trusted."""
    context = ssl.create_default_context(cafile=str(PEM))
    return post(url, BODY, limit_s=5, may_reach=anywhere, context=context)


def test_it_posts_json_over_tls():
    with server() as running:
        assert sent(f"https://localhost:{running.server_port}/a/b?c=d") == ""

    assert running.got == [("/a/b?c=d", "application/json", BODY)]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (204, ""),
        (302, "answered 302, and redirections are not followed"),
        (307, "answered 307, and redirections are not followed"),
        (404, "answered 404"),
        (500, "answered 500"),
    ],
)
def test_only_a_success_is_one_and_no_redirection_is_followed(status: int, told: str):
    with server(status) as running:
        assert sent(f"https://localhost:{running.server_port}") == told

    assert [path for path, _, _ in running.got] == ["/"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_refused_and_never_spoken_to(host: str):
    with server() as running:
        told = post(f"https://{host}:{running.server_port}/", BODY, limit_s=5)

    assert told == f"was refused: {host.strip('[]')} is no public address"
    assert running.got == []


def test_a_certificate_that_nobody_vouches_for_is_refused():
    with server() as running:
        told = post(
            f"https://localhost:{running.server_port}/", BODY, limit_s=5, may_reach=anywhere
        )

    assert told.startswith("cannot be reached: ")
    assert running.got == []


def test_what_is_not_there_is_told():
    with server() as running:
        port = running.server_port
    assert sent(f"https://127.0.0.1:{port}/") == "cannot be reached: Connection refused"
    assert sent("https://nobody.invalid/") == "cannot be reached: there is no nobody.invalid"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:7f00:0001::",
        "2001:db8::1",
    ],
)
def test_a_special_address_is_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_ordinary_address_is_public(address: str):
    assert is_public(address)
