"""Tables behind a URL: fetched within limits, no secret shown, no way into an inner network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest

from budgetcli.errors import SourceError
from budgetcli.readers import read, spool, web
from budgetcli.readers.find import find_sources
from budgetcli.readers.web import fetch, shown_url
from tests.conftest import Run

TABLE = "부서,예산현액,지출액\n가과,10,5\n나과,20,4\n".encode()
Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def port_of(handler: BaseHTTPRequestHandler) -> int:
    return cast(ThreadingHTTPServer, handler.server).server_port


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"a,b\n" * 10)
        time.sleep(0.01)


PAGES: dict[str, Answer] = {
    "/table.csv": lambda it: answer(it, TABLE, Content_Length=str(len(TABLE))),
    "/open.csv": lambda it: answer(it, TABLE),
    "/short.csv": lambda it: answer(it, TABLE, Content_Length="1000"),
    "/huge.csv": lambda it: answer(it, b"", Content_Length=str(1 << 40)),
    "/moved": lambda it: answer(it, b"", 302, Location="/table.csv"),
    "/loop": lambda it: answer(it, b"", 302, Location="/loop"),
    "/to-file": lambda it: answer(it, b"", 302, Location="file:///etc/passwd"),
    "/to-inside": lambda it: answer(
        it, b"", 302, Location=f"http://localhost:{port_of(it)}/table.csv"
    ),
    "/endless": endless,
    "/secret.csv": lambda it: answer(
        it, TABLE if it.headers["Authorization"] == "Basic dTpzM2NyZXQ=" else b""
    ),
}


fetched: list[str] = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        fetched.append(self.path)
        try:
            page = PAGES.get(self.path.partition("?")[0])
            page(self) if page else answer(self, b"", 404)
        except OSError:
            self.close_connection = True  # the reader has had enough

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server on the loopback, its address without a trailing slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("path", ["/table.csv", "/open.csv", "/moved"])
def test_a_url_is_a_source_like_a_file(site: str, path: str) -> None:
    (source,) = find_sources(f"{site}{path}")
    assert read(source)[0].rows[1] == ("가과", "10", "5")
    assert source.everything() == TABLE


def test_the_program_takes_a_url_and_names_it(site: str, run: Run) -> None:
    ran = run("summary", f"{site}/table.csv", "-f", "json")
    assert ran.status == 0
    assert f'"name": "{site}/table.csv"' in ran.out


def test_a_url_is_fetched_once_although_the_output_is_there_already(
    site: str, run: Run, tmp_path: Path
) -> None:
    fetched.clear()
    path = tmp_path / "answer.csv"
    path.write_text("old", encoding="utf-8")
    ran = run("summary", f"{site}/table.csv", "-o", str(path))
    assert (ran.status, fetched) == (0, ["/table.csv"])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/nothing", "the server answers 404"),
        ("/loop", "redirects more than"),
        ("/to-file", "redirects to something that is no web address"),
        ("/to-inside", "redirects to an address of an inner network"),
        ("/short.csv", "the answer broke off"),
        ("/huge.csv", "more than 1024 MB"),
    ],
)
def test_what_cannot_be_fetched_says_why(site: str, path: str, expected: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(f"{site}{path}")
    assert expected in str(caught.value)
    assert "curl" in str(caught.value)


def test_an_answer_that_never_ends_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS_OF_GRACE", 0.2)
    with pytest.raises(SourceError, match="cannot be fetched") as caught:
        fetch(f"{site}/endless")
    assert "never ends" in str(caught.value)


def test_more_than_the_limit_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_BYTES", 20)
    with pytest.raises(SourceError) as caught:
        fetch(f"{site}/open.csv")
    assert "more than" in str(caught.value)


def test_nobody_there_is_said_in_the_systems_words() -> None:
    with pytest.raises(SourceError) as caught:
        fetch("http://127.0.0.1:9/table.csv?key=s3cret")
    assert "refused" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["ftp://host/a.csv", "file:///etc/passwd", "http:///a", "http://[::1/"]
)
def test_other_schemes_are_no_web_addresses(url: str, run: Run) -> None:
    ran = run("summary", url)
    assert (ran.status, ran.out) == (2, "")
    assert "no web address" in ran.err


def test_secrets_in_an_address_reach_the_server_and_nobody_else(site: str, run: Run) -> None:
    url = f"{site.replace('://', '://u:s3cret@')}/secret.csv?Key=t0ken"
    ran = run("summary", url, "-f", "json", "--explain")
    assert ran.status == 0
    assert not [word for word in ("s3cret", "t0ken") if word in ran.out + ran.err]


def test_an_address_is_shown_without_its_secrets() -> None:
    assert shown_url("https://u:p@host:8443/a/b.csv?Key=1#x") == "https://host:8443/a/b.csv?..."


def test_nothing_is_left_behind(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(spool, "IN_MEMORY", 10)
    source = fetch(f"{site}/table.csv")
    assert source.everything() == TABLE
    assert [*tmp_path.iterdir()] == []
