"""Archives: what is inside is read as what it is, under a name a person knows, within bounds."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from budgetcli.errors import SourceError
from budgetcli.model import Document, RawTable
from budgetcli.readers import Source, family_of, read, read_texts

CSV = "부서,예산\n경제정책과,1\n일자리정책과,2\n"


def zipped(*members: tuple[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def tables(data: bytes, name: str = "outer.zip") -> list[RawTable]:
    return read(Source(name, data=data))


def aloud(table: RawTable) -> str:
    return " ".join(str(item.message) for item in table.evidence if item.aloud)


class Pipe(io.BytesIO):
    """What cannot be gone back in: members' sizes stand behind them."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


@pytest.mark.parametrize("kind", [io.BytesIO, Pipe])
@pytest.mark.parametrize(
    ("members", "family"),
    [
        (("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
        (("mimetype", "version.xml", "Contents/header.xml"), "hwpx"),
        (("a.csv", "b.csv"), "archive"),
    ],
)
def test_an_archive_without_its_end_is_known_by_its_first_members(
    members: tuple[str, ...], family: str, kind: type[io.BytesIO]
) -> None:
    stream = kind()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in members:
            archive.writestr(name, b"x" * 99)
    cut = stream.getvalue()[:-30]
    assert family_of(Source("cut", data=cut)).name == family


def test_what_lies_in_a_member_of_a_cut_archive_does_not_name_the_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.zip", zipped(("xl/workbook.xml", CSV)))
    assert family_of(Source("cut", data=stream.getvalue()[:-200])).name == "archive"


def test_a_gzipped_file_keeps_its_own_name() -> None:
    (table,) = tables(gzip.compress(CSV.encode("cp949")), "report.csv.gz")
    assert table.rows[1] == ("경제정책과", "1")
    assert str(table.place(1)) == "report.csv.gz:2"


def test_a_zstd_file_of_two_frames_is_read_whole() -> None:
    pack = zstandard.ZstdCompressor().compress
    (table,) = tables(pack(CSV.encode()) + pack("창업정책과,3\n".encode()), "report.csv.zst")
    assert len(table.rows) == 4


def test_members_are_sources_in_the_order_of_their_names() -> None:
    found = tables(zipped(("b.csv", CSV), ("a.json", '[{"x": 1}]'), ("../../c.csv", CSV)))
    assert [table.source for table in found] == [
        "outer.zip:../../c.csv",
        "outer.zip:a.json",
        "outer.zip:b.csv",
    ]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_korean_names_without_the_utf_8_mark_are_decoded(encoding: str) -> None:
    raw = "보고서.csv".encode(encoding)
    place = "x" * len(raw)
    data = zipped((place, CSV)).replace(place.encode(), raw)
    assert tables(data)[0].source == "outer.zip:보고서.csv"


def test_archives_in_archives_are_opened_three_deep() -> None:
    two = zipped(("in.zip", zipped(("a.csv.gz", gzip.compress(CSV.encode())))))
    (table,) = tables(two)
    assert table.source == "outer.zip:in.zip:a.csv.gz"
    with pytest.raises(SourceError, match="more than 3 deep"):
        tables(zipped(("out.zip", two)))


def test_what_holds_no_table_is_passed_over_and_named() -> None:
    (table,) = tables(
        zipped(
            ("data/", ""),
            ("data/a.csv", CSV),
            ("data/.DS_Store", b"\0\0\0\1Bud1"),
            ("__MACOSX/data/._a.csv", b"\0\5\26\7"),
            ("broken.json", '[{"a": '),
        )
    )
    assert "broken.json" in aloud(table)
    assert ".DS_Store" not in aloud(table)
    assert any("__MACOSX" in str(item.message) for item in table.evidence)


def test_where_nothing_can_be_read_every_part_is_named() -> None:
    with pytest.raises(SourceError, match="nothing in this archive") as caught:
        tables(zipped(("a.json", "{}"), ("b.html", "<html>")))
    assert "outer.zip:a.json" in str(caught.value)
    assert "outer.zip:b.html" in str(caught.value)


def test_the_only_members_own_error_is_told() -> None:
    with pytest.raises(SourceError, match="ends too early") as caught:
        tables(zipped(("a.json", '[{"a": ')))
    assert caught.value.where == "outer.zip:a.json"


def test_a_password_is_named_as_the_reason() -> None:
    data = bytearray(zipped(("a.csv", CSV)))
    data[6] |= 1
    data[data.find(b"PK\1\2") + 8] |= 1
    with pytest.raises(SourceError, match="password"):
        tables(bytes(data))


def test_an_empty_archive_says_so() -> None:
    assert family_of(Source("x.zip", data=zipped())).name == "archive"
    for data in (zipped(), zipped(("only/", ""))):
        with pytest.raises(SourceError, match="is empty"):
            tables(data)


def test_an_unknown_method_is_named() -> None:
    data = bytearray(zipped(("a.csv", CSV)))
    for place in (8, data.find(b"PK\1\2") + 10):
        data[place] = 9
    with pytest.raises(SourceError, match="number 9"):
        tables(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(CSV.encode() * 50)[:-20],
        b"\x1f\x8b",
        b"\x1f\x8b" + b"\xff" * 50,
        b"\x28\xb5\x2f\xfd" + b"\xff" * 50,
        zipped(("a.csv", CSV * 50))[:-30],
        zipped(("a.csv", CSV))[:40] + b"\xff" * 9 + zipped(("a.csv", CSV))[49:],
    ],
)
def test_damaged_archives_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        tables(data)


def test_bombs_stop_early() -> None:
    zeros = b"0" * (20 * 1024 * 1024)
    for bomb in (
        gzip.compress(zeros),
        zipped(("a.csv", zeros)),
        zipped(("a.gz", gzip.compress(zeros))),
    ):
        with pytest.raises(SourceError, match="inflated"):
            tables(bomb)


def test_many_small_members_cannot_add_up_to_a_bomb() -> None:
    members = ((f"{number}.csv", "a,b\n" * 500_000) for number in range(9))
    with pytest.raises(SourceError, match="inflated"):
        tables(zipped(*members))


def test_too_many_members_are_refused() -> None:
    with pytest.raises(SourceError, match="more than 2000 files"):
        tables(zipped(*((f"{number}.csv", "") for number in range(2_001))))


def test_a_directory_of_millions_is_not_opened() -> None:
    data = zipped(("a.csv", CSV))
    end = data.rfind(b"PK\5\6")
    claim = data[: end + 12] + (1 << 30).to_bytes(4, "little") + data[end + 16 :]
    with pytest.raises(SourceError, match="more than 2000 files"):
        tables(claim)


def test_fourteen_raw_answers_hold_27602_rows(real_file: Callable[[str], Path]) -> None:
    folder = real_file("lofin_jeonbuk_daily")
    counts = []
    for path in sorted(folder.glob("45*.json.gz")):
        (table,) = read(Source(path.name, path=path))
        assert table.siblings["asof"] == "20260821"
        assert table.source == path.name
        counts.append(len(table.rows) - 1)
    assert (len(counts), sum(counts)) == (14, 27_602)


def test_a_gzipped_panel_in_cp949_is_read(real_file: Callable[[str], Path]) -> None:
    path = real_file("lofin_jeonbuk_daily/panel_4dates_cp949.csv.gz")
    (table,) = read(Source(path.name, path=path))
    assert len(table.rows) == 109_186
    assert table.rows[1][4] == "전북전주시"


REPORT = "주요업무 보고\n ㅇ 예산 : 30백만원(가 10, 나 20)\n\n부서   예산\n가과   10\n나과   20\n"


def texts(*members: tuple[str, str | bytes]) -> list[Document | RawTable]:
    return read_texts(Source("outer.zip", data=zipped(*members)))


def test_a_report_in_a_zip_is_read_with_its_text() -> None:
    (report,) = texts(("보고.txt", REPORT))
    assert isinstance(report, Document)
    assert report.source == "outer.zip:보고.txt"
    assert "30백만원" in " ".join(line.text for line in report.lines)


def test_what_lies_beside_a_report_is_there_as_its_tables() -> None:
    found = texts(("a.csv", CSV), ("보고.txt", REPORT), ("b/", ""))
    assert [type(part) for part in found] == [RawTable, Document]


def test_a_zip_of_tables_alone_has_no_texts() -> None:
    assert texts(("a.csv", CSV), ("b.csv", CSV)) == []
    assert texts(("broken.zip", b"PK\x03\x04 no archive"), ("a.csv", CSV)) == []
    assert read_texts(Source("a.csv.gz", data=gzip.compress(CSV.encode()))) == []
    assert read_texts(Source("a.csv", data=CSV.encode())) == []


def test_of_a_zip_with_a_report_what_cannot_be_read_is_named() -> None:
    *_, report = texts(("보고.txt", REPORT), ("a.bin", bytes(range(256))))
    assert isinstance(report, Document)
    assert "a.bin" in aloud(report.tables[0])
    table, _ = texts(("a.csv", CSV), ("z.bin", bytes(range(256))), ("보고.txt", REPORT))
    assert isinstance(table, RawTable)
    assert "z.bin" in aloud(table)
