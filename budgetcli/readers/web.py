"""A table behind http or https: fetched within limits.

Secrets in the address are never shown. An address of an inner network is asked only where the
user typed it, never because somebody else's answer pointed there. What the bytes mean is left to
the readers.
"""

from __future__ import annotations

import http.client
import ipaddress
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urljoin, urlsplit

from budgetcli.errors import PARTIAL, TOO_LARGE, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.readers.source import Source
from budgetcli.readers.spool import spooled

SCHEMES = ("http", "https")
SECONDS_TO_ANSWER = 8.0
SECONDS_OF_GRACE = 6.0
SLOWEST = 100_000
"""Bytes a second, once the grace is over, of an answer that says how long it is."""
MOST_BYTES = 1 << 30
MOST_REDIRECTS = 5
_CHUNK = 1 << 16
_ADVICE = say("download it with a browser or curl, and name the file")


class _InnerAddressError(OSError):
    """A redirect led to an address of an inner network."""


def fetch(url: str) -> Source:
    """The source behind a URL. Raises SourceError."""
    typed = _parts(url)
    shown, target = shown_url(url), url
    for _ in range(MOST_REDIRECTS):
        try:
            with _opener(target, typed).open(_request(target), timeout=SECONDS_TO_ANSWER) as answer:
                return _kept(answer, shown)
        except HTTPError as problem:
            with problem:
                target = _redirected(problem, target, shown)
        except (URLError, http.client.HTTPException, OSError, ValueError) as problem:
            raise _refused(shown, _reason(problem)) from None
    raise _refused(shown, say("it redirects more than {limit} times", limit=MOST_REDIRECTS))


def shown_url(url: str) -> str:
    """The address without what may be secret in it: the user, the password, the query."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}{'?...' if parts.query else ''}"


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _refused(
            url.partition("?")[0].rpartition("@")[2], say("it is no web address")
        ) from None
    if parts.scheme not in SCHEMES or not host:
        raise _refused(shown_url(url), say("it is no web address"))
    return parts


def _request(url: str) -> urllib.request.Request:
    parts = _parts(url)
    headers = {"User-Agent": "budgetcli", "Accept-Encoding": "identity"}
    plain = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    request = urllib.request.Request(plain.geturl(), headers=headers)
    if parts.username:
        request.add_header("Authorization", _basic(parts))
    return request


def _basic(parts: SplitResult) -> str:
    from base64 import b64encode
    from urllib.parse import unquote

    told = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(told.encode()).decode()}"


class _StayHandler(urllib.request.HTTPRedirectHandler):
    """Redirects are followed one by one here, where each can be looked at."""

    def redirect_request(self, *_: Any) -> None:
        """Never by itself."""


def _opener(url: str, typed: SplitResult) -> urllib.request.OpenerDirector:
    """What opens a URL: any address that was typed, only public ones beyond it.

    Behind a proxy the proxy's own address is the one that is connected to: it decides.
    """
    parts = _parts(url)
    if (parts.hostname, parts.port) == (typed.hostname, typed.port) or _by_proxy(parts):
        return urllib.request.build_opener(_StayHandler)
    return urllib.request.build_opener(_StayHandler, _PublicHandler, _PublicSecureHandler)


def _by_proxy(parts: SplitResult) -> bool:
    proxies = urllib.request.getproxies()
    return parts.scheme in proxies and not urllib.request.proxy_bypass(parts.hostname or "")


def _require_public(connection: http.client.HTTPConnection) -> None:
    address = ipaddress.ip_address(connection.sock.getpeername()[0].partition("%")[0])
    if not address.is_global:
        connection.close()
        raise _InnerAddressError


class _PublicConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        """Looks at the address it really reached: a name may mean another one a moment later."""
        super().connect()
        _require_public(self)


class _PublicSecureConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        """The same."""
        super().connect()
        _require_public(self)


class _PublicHandler(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """Over a connection that refuses inner addresses."""
        return self.do_open(_PublicConnection, request)


class _PublicSecureHandler(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """Over a connection that refuses inner addresses."""
        return self.do_open(_PublicSecureConnection, request)


def _redirected(answer: HTTPError, url: str, shown: str) -> str:
    """Where a redirect leads. Raises SourceError for any other refusal, and for other schemes."""
    place = answer.headers.get("Location")
    if answer.code not in (301, 302, 303, 307, 308) or not place:
        raise _refused(
            shown, say("the server answers {code} {reason}", code=answer.code, reason=answer.reason)
        )
    target = urljoin(url, place)
    if urlsplit(target).scheme not in SCHEMES:
        raise _refused(shown, say("it redirects to something that is no web address"))
    return target


def _kept(answer: Any, shown: str) -> Source:
    """The answer, so that it can be read again."""
    length = answer.headers.get("Content-Length")
    claimed = int(length) if length and length.isdecimal() else None
    if claimed is not None and claimed > MOST_BYTES:
        raise _too_large(shown)
    return spooled(shown, _chunks(answer, claimed, shown))


def _chunks(answer: Any, claimed: int | None, shown: str) -> Iterator[bytes]:
    started, size = time.monotonic(), 0
    pace = _pace(claimed, shown)
    while chunk := answer.read1(_CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise _too_large(shown)
        pace(size, time.monotonic() - started)
        yield chunk
    if claimed is not None and size < claimed:
        raise _refused(shown, say("the answer broke off"), PARTIAL)


def _pace(claimed: int | None, shown: str) -> Callable[[int, float], None]:
    """A check of how an answer comes; one that does not say its length must end in the grace."""

    def check(size: int, seconds: float) -> None:
        slowest = SLOWEST if claimed is not None else MOST_BYTES
        if seconds > SECONDS_OF_GRACE and size < slowest * seconds:
            raise _refused(shown, say("the answer comes too slowly, or never ends"))

    return check


def _reason(problem: Exception) -> Sentence:
    """The cause in the system's words, which hold no part of the URL."""
    cause = problem.reason if isinstance(problem, URLError) else problem
    if isinstance(cause, _InnerAddressError):
        return say("it redirects to an address of an inner network")
    if isinstance(cause, TimeoutError):
        return say("no answer within {seconds} seconds", seconds=int(SECONDS_TO_ANSWER))
    known = isinstance(cause, OSError) and cause.strerror
    return say("{problem}", problem=known or type(cause).__name__)


def _too_large(shown: str) -> SourceError:
    what = say("the answer has more than {limit} MB", limit=MOST_BYTES >> 20)
    return _refused(shown, what, TOO_LARGE)


def _refused(shown: str, reason: Sentence, why: Sentence | None = None) -> SourceError:
    return SourceError(
        say("cannot be fetched: {reason}", reason=reason), where=shown, why=why, next=_ADVICE
    )
