"""Web archives (a page saved with all it needs in one file): the pages inside, as one page.

Part of the html family. Pictures and style sheets are passed over unread.
"""

from __future__ import annotations

import binascii
import re

from budgetcli.errors import PARTIAL, SourceError
from budgetcli.i18n import say

MAX_PARTS = 1_000
_HEADER_BYTES = 8192
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_START = re.compile(rb"(?i)\s*(?:mime-version|from|subject|date|content-[\w-]+|snapshot-[\w-]+):")
_CONTENT = re.compile(rb"(?i)\bcontent-type:\s*(?:multipart/related|text/html)\b")
_BOUNDARY = re.compile(rb'(?i)\bboundary\s*=\s*"?([^"\r\n;]{1,200})')
_CHARSET = re.compile(rb'(?i)\bcharset\s*=\s*"?([\w:.-]{1,40})')
_TRANSFER = re.compile(rb"(?i)\bcontent-transfer-encoding:\s*([\w-]+)")


def is_web_archive(data: bytes) -> bool:
    """Whether the first lines are a message's that holds a page."""
    return bool(_START.match(data) and _CONTENT.search(_parted(data)[0]))


def page(data: bytes, name: str) -> bytes:
    """The pages of a web archive one after the other. Raises SourceError where it has none."""
    header, _ = _parted(data)
    boundary = _BOUNDARY.search(header)
    parts = data.split(b"--" + boundary[1], MAX_PARTS)[1:] if boundary else [data]
    pages = [_decoded(part, name) for part in parts if _is_page(part)]
    if not pages:
        raise SourceError(
            say("there is no page in this web archive"),
            where=name,
            next=say("open it in a browser and save it again as HTML"),
        )
    return b"\n".join(pages)


def _parted(part: bytes) -> tuple[bytes, bytes]:
    part = part.lstrip(b"\r\n")
    blank = _BLANK_LINE.search(part, 0, _HEADER_BYTES)
    return (part[: blank.start()], part[blank.end() :]) if blank else (b"", b"")


def _is_page(part: bytes) -> bool:
    return b"text/html" in _parted(part)[0].lower()


def _decoded(part: bytes, name: str) -> bytes:
    """A page's bytes, its character set, where the header knows it, declared in front."""
    header, body = _parted(part)
    charset = _CHARSET.search(header)
    declared = b"<meta charset=%s>" % charset[1] if charset else b""
    transfer = _TRANSFER.search(header)
    return declared + _unpacked(body, transfer[1].lower() if transfer else b"", name)


def _unpacked(body: bytes, transfer: bytes, name: str) -> bytes:
    try:
        if transfer == b"quoted-printable":
            return binascii.a2b_qp(body)
        return binascii.a2b_base64(body) if transfer == b"base64" else body
    except binascii.Error as problem:
        raise SourceError(
            say("the page in this web archive is damaged: {problem}", problem=problem),
            why=PARTIAL,
            where=name,
            next=say("open it in a browser and save it again as HTML"),
        ) from None
