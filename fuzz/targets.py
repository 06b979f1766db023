"""What is fuzzed: each reader and the recognition, as a function of bytes, with seeds made here.

A target may raise UserError and nothing else. Readers of packages get the one part that is
theirs, packed without compression: a fuzzer that had to guess checksums would see nothing.
`corpus/` keeps a few inputs of earlier runs that led somewhere else than the seeds.
"""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from budgetcli.analysis.check import check
from budgetcli.analysis.summary import summary
from budgetcli.errors import UserError
from budgetcli.loading import LoadOptions, load_all
from budgetcli.model import RawTable
from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.hangul import hwp
from budgetcli.readers.pdf import read_here as read_pdf
from budgetcli.recognise.amounts import DecimalMark, decimal_mark, parse
from budgetcli.recognise.dates import find_as_of, find_date, find_date_in_name, parse_date
from budgetcli.recognise.names import clean, fold, key
from budgetcli.recognise.totals import is_total_name
from budgetcli.recognise.units import find_unit, unit_given
from tests.hostile.files import sheet_of, workbook_of
from tests.readers.hangul.test_hwp import compound, record
from tests.readers.hangul.test_hwpx import package, plain
from tests.readers.pdf.test_pdf import filled, pages
from tests.readers.spreadsheet.test_spreadsheet import ods

TABLE = (
    "2024년 예산 집행 현황\n(단위 : 백만원, 2024. 7. 31. 기준)\n"
    '부서,예산현액(A),원인행위액,지출액(B),집행률(B/A)\n계,"1,000",700,△5.5,30.7%\n'
    "경 제 과,400,-,(120),30.0\n창업과,600,,250,41.7\n"
)
_CELLS = (("부서", "예산현액", "지출액"), ("계", "300", "130"), ("가과", "100", "50"))
_MARKDOWN = "\n".join(f"| {' | '.join(row)} |" for row in (_CELLS[0], ("---",) * 3, *_CELLS[1:]))
_HTML = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _CELLS)
_JSON = (
    '{"기준일": "2024-07-31", "rows": [{"부서": "가과", "예산현액": 100, "지출액": "50"}]}',
    '[["부서","예산현액","지출액"],["가과",1.5e3,null]]',
    '{"a":{"부서":"가","예산현액":1}}\n{"a":{"부서":"나","예산현액":-0.5}}',
)
_ROW = (
    '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{a}</t></is></c><c r="B{n}"><v>{b}</v></c></row>'
)


class Target(NamedTuple):
    """A function of bytes that may refuse them in words, and where to begin."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def kept(name: str) -> tuple[bytes, ...]:
    """What is kept of earlier runs for a target, an input a line."""
    lines = (Path(__file__).parent / "corpus" / f"{name}.txt").read_text("ascii").split()
    return tuple(map(base64.b64decode, lines))


def read(data: bytes) -> None:
    """The whole way: told by content, read, recognised, asked, checked."""
    for table in load_all(Source("fuzzed", data=data), options=LoadOptions()):
        with suppress(UserError):
            summary(table)
        with suppress(UserError):
            check(table)


def _packed(wrap: Callable[[str], bytes]) -> Callable[[bytes], None]:
    return lambda data: read(wrap(data.decode("utf-8", "replace")))


def _pdf(data: bytes) -> None:
    """In this process: what the child process would do."""
    read_pdf(Source("fuzzed", data=data), ReadOptions(), lambda: None)


def _hwp(data: bytes) -> None:
    hwp.read_here(Source("fuzzed", data=compound(0, data)), ReadOptions(), lambda: None)


def _words(data: bytes) -> None:
    """The small grammars: amounts, dates, units, names."""
    text = data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")
    for mark in DecimalMark:
        parse(text, mark)
    decimal_mark(text.split())
    for ask in (find_date, parse_date, find_date_in_name, find_unit, unit_given, is_total_name):
        ask(text)
    find_as_of(text.splitlines())
    assert key(fold(text)) == key(text)
    clean(text)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _recognised(data: bytes) -> None:
    """Cells parted by | and rows by line breaks, whatever they hold: no reader stands before."""
    lines = data.decode("utf-8", "replace").split("\n")[:60]
    rows = tuple(tuple(line.split("|")[:20]) for line in lines)
    for table in load_all(RawTable(rows=rows, source="fuzzed"), options=LoadOptions()):
        with suppress(UserError):
            summary(table)
        counts = table.counts
        parts = counts.used + counts.totals + counts.refused + counts.headers + counts.others
        assert counts.read == parts


def _sheet(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, part in workbook_of(text).items():
            archive.writestr(name, part)
    return held.getvalue()


def _xlsx() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("가")
        for number, row in enumerate(_CELLS):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def _zip(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def _parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet

    held = io.BytesIO()
    columns = [pyarrow.array(["가과", "나과"]), pyarrow.array([1, 2]), pyarrow.array([1, None])]
    parquet.write_table(pyarrow.table(columns, names=[*_CELLS[0]]), held)
    return held.getvalue()


def _aligned(cells: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("".join(cell.ljust(12) for cell in row) for row in cells)


TARGETS: dict[str, Target] = {
    "delimited": Target(
        read,
        (
            *(TABLE.encode(encoding, "replace") for encoding in ("utf-8", "cp949", "utf-16")),
            *(TABLE.replace(",", mark).encode() for mark in ";\t"),
        ),
    ),
    "text": Target(read, (_aligned(_CELLS).encode(), f"현황\n\n{_aligned(_CELLS)}\n".encode())),
    "markdown": Target(read, (f"# 현황\n\n{_MARKDOWN}\n".encode(),)),
    "html": Target(
        read,
        (
            f"<!doctype html><html><body><p>현황</p><table>{_HTML}</table>".encode(),
            b'<table><tr><td rowspan="2" colspan=3>a<table><tr><th>b</table></table>',
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
            b"Content-Type: text/html\n\n<table><tr><td>1</table>\n--x--\n",
        ),
    ),
    "json": Target(read, tuple(text.encode() for text in _JSON)),
    "xlsx": Target(
        _packed(_sheet),
        (
            sheet_of(_ROW.format(n=1, a="부서", b=1) + _ROW.format(n=2, a="가", b=2.5)).encode(),
            sheet_of('<row><c t="e"><v>#REF!</v></c><c><f>A1</f><v/></c></row>').encode(),
        ),
    ),
    "ods": Target(_packed(ods), (b"<table:table-row><table:table-cell/></table:table-row>",)),
    "hwpx": Target(_packed(package), (plain(*_CELLS).encode(),)),
    "hwp": Target(_hwp, (record(66, b"\0" * 22) + record(67, "가나".encode("utf-16-le"), 1),)),
    "package": Target(read, (_xlsx(), package(plain(*_CELLS)), ods(""))),
    "archive": Target(
        read,
        (
            _zip(("a.csv", TABLE.encode()), ("가/b.json", _JSON[0].encode())),
            gzip.compress(TABLE.encode()),
        ),
    ),
    "parquet": Target(read, (_parquet(),)),
    "pdf": Target(
        _pdf, (pages(filled((50, 150, 250), (700, 720, 740), (("a", "1"), ("b", "2")))),)
    ),
    "recognise": Target(_recognised, (TABLE.replace(",", "|").encode(), _MARKDOWN.encode())),
    "words": Target(
        _words,
        tuple(
            word.encode()
            for word in ("△1,234.5", "(1.234,56)", "9.2e-11", "2024. 7. 31. 기준", "31/07/2024")
        )
        + tuple(word.encode() for word in ("(단위 : 백만원)", "in thousands of pesos", "소 계")),
    ),
}


def feed(target: Target, data: bytes) -> None:
    """One execution: a refusal in words is an answer."""
    with suppress(UserError):
        target.run(data)
