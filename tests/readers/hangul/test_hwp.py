"""HWP 5: the same grid as HWPX, and files that are locked, old, broken or hostile."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.errors import MissingExtraError, SourceError
from budgetcli.readers import ReadOptions, Source, family_of
from budgetcli.readers.hangul import hwp, hwpx

cfb = pytest.importorskip("hwpx.hwp5.cfb", reason="python-hwpx comes with the docs extra")

DOCUMENTS = "seoul_economic_office_2024/documents"
TEXT = 67


def header(flags: int, major: int = 5) -> bytes:
    return struct.pack("<32sII", b"HWP Document File", major << 24, flags).ljust(256, b"\0")


def record(tag: int, content: bytes, level: int = 0) -> bytes:
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(content)) + content


def compound(flags: int, section: bytes = b"", *, major: int = 5) -> bytes:
    streams = [
        ("FileHeader", header(flags, major)),
        ("DocInfo", record(16, struct.pack("<H", 1).ljust(26, b"\0"))),
        ("BodyText/Section0", section),
    ]
    data: bytes = cfb.build_compound_file(streams)
    return data


def deflated(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        hwp.read(Source("report.hwp", data=data), ReadOptions())
    assert caught.value.where == "report.hwp"
    return str(caught.value)


def test_both_formats_of_the_seoul_report_are_one_table(real_file: Callable[[str], Path]) -> None:
    both = [
        read(Source("report", path=real_file(f"{DOCUMENTS}/{name}")), ReadOptions())
        for read, name in ((hwp.read, "budget.hwp"), (hwpx.read, "budget.hwpx"))
    ]
    assert both[0] == both[1]
    assert [row[0] for row in both[0][0].rows][2:4] == ["계", "경 제 정 책 과"]


def test_a_table_inside_a_table_is_read(tmp_path: Path) -> None:
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    outer = document.add_table(1, 2)
    outer.set_cell_text(0, 1, "바깥")
    inner = outer.cell(0, 0).add_table(1, 1)
    inner.set_cell_text(0, 0, "안")
    document.save_to_path(tmp_path / "nested.hwp")
    tables = hwp.read(Source("nested.hwp", path=tmp_path / "nested.hwp"), ReadOptions())
    assert [table.rows for table in tables] == [(("", "바깥"),), (("안",),)]


@pytest.mark.parametrize(
    ("bit", "words"),
    [(1, "password"), (2, "배포용"), (4, "DRM"), (8, "certificate"), (10, "certificate")],
)
def test_a_protection_is_named(bit: int, words: str) -> None:
    assert words in refusal(compound(1 << bit))


def test_hwp_3_is_named_with_the_way_out() -> None:
    said = refusal(b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + bytes(200))
    assert "HWP 3" in said
    assert "save it as HWPX or HWP 5" in said


def test_another_major_version_is_refused() -> None:
    assert "version 6" in refusal(compound(0, major=6))


def test_a_file_without_a_header_is_refused() -> None:
    assert "damaged" in refusal(cfb.build_compound_file([("FileHeader", b"short")]))


@pytest.mark.parametrize("kept", [600, 4096, 9000, 12000])
def test_a_truncated_file_is_damaged(kept: int, real_file: Callable[[str], Path]) -> None:
    data = real_file(f"{DOCUMENTS}/budget.hwp").read_bytes()
    assert "damaged" in refusal(data[:kept])


def test_a_truncated_file_is_known_by_its_header() -> None:
    data = compound(0, bytes(4096))
    assert family_of(Source("report", data=data[: len(data) - 512])).name == "hwp"


def test_a_section_that_is_no_deflate_stream_is_damaged() -> None:
    assert "damaged" in refusal(compound(1, b"\xff" * 100))


def test_a_record_longer_than_its_section_is_damaged() -> None:
    assert "damaged" in refusal(compound(0, struct.pack("<II", 66 | 0xFFF << 20, 1 << 31)))


def test_a_section_that_inflates_beyond_the_limit_is_refused() -> None:
    assert "too large" in refusal(compound(1, deflated(bytes(hwp.MAX_BODY * 8))))


@pytest.mark.parametrize(
    "section",
    [
        pytest.param(struct.pack("<I", 66) * 500_000, id="records"),
        pytest.param(record(TEXT, b"\x18\0" * 500_000), id="control characters"),
        pytest.param(record(77, bytes(1_000_000)), id="rows"),
        pytest.param(record(70, bytes(12 * 1000)), id="marks"),
    ],
)
def test_a_section_of_endless_small_pieces_is_refused(section: bytes) -> None:
    assert "too large" in refusal(compound(0, section))


def test_records_nested_to_the_deepest_level_do_no_harm() -> None:
    nested = b"".join(record(66 if n % 2 else 71, bytes(24), min(n, 1023)) for n in range(5000))
    assert hwp.read(Source("deep.hwp", data=compound(0, nested)), ReadOptions()) == []


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hwpx.hwp5.reader", None)
    with pytest.raises(MissingExtraError, match="needs an extra"):
        hwp.read_here(Source("report.hwp", data=compound(0)), ReadOptions(), lambda: None)
