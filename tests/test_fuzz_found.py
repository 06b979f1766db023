"""What fuzzing found, each crash by its name and its smallest input: an answer or a refusal now."""

from __future__ import annotations

import io
import zipfile

import pytest

from fuzz.targets import TARGETS, feed


def nameless() -> bytes:
    """`zipfile` writes such an archive, and fails on it when asked for folders."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), b"x")
    return held.getvalue()


FOUND = {
    "text: lines parted by tabs, the header over no line of its own": (
        "text",
        "집현황(단위백만원\t기준\n부서예산현액얳\t7\n겜 과\t\t-\t0\n창업과\t0\t\t7".encode(),
    ),
    "recognise: a blank row inside a header was counted twice": (
        "recognise",
        "예산액()\n\n|x\n-".encode(),
    ),
    "xlsx: a sheet whose only cell holds an empty text": (
        "xlsx",
        b'<sheetData><c r="A1"=""><is></is></c></sheetData>',
    ),
    "words: a factor with a separator of records behind it": ("words", b"1\x1d"),
    "archive: a member without a name": ("archive", nameless()),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_fuzzing_found_is_no_crash(name: str) -> None:
    target, data = FOUND[name]
    feed(TARGETS[target], data)
