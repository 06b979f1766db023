"""Hostile files, each written by a function of its name; they lie in no repository.

`size` scales those that are only large: the suite writes small ones, tools/hostile.py real ones.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

MEGABYTE = 1 << 20
TABLE = "부서,예산현액,지출액\n가과,100,50\n나과,200,80\n"
_HUNDREDFOLD = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
_LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha">{}]>'.format(
    "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
)
_FILE_ENTITY = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
_MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Maker = Callable[[Path, int], None]
MAKERS: dict[str, Maker] = {}


def hostile(name: str) -> Callable[[Maker], Maker]:
    """Puts a maker into the list under the name of the file it writes."""

    def listed(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return listed


def packed(path: Path, members: dict[str, bytes | str]) -> None:
    """A zip archive of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def workbook(path: Path, sheet: bytes | str, strings: str = "<sst/>") -> None:
    """A workbook of one sheet and its shared strings."""
    packed(path, {**workbook_of(sheet), "xl/sharedStrings.xml": strings})


def workbook_of(sheet: bytes | str) -> dict[str, bytes | str]:
    """The least parts an xlsx must have around one sheet."""
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": _related(package, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related(package, "worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }


def _related(package: str, kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def sheet_of(cells: str, before: str = "") -> str:
    """One worksheet's XML."""
    return f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


@hostile("far_cells.xlsx")
def far_cells(path: Path, _size: int) -> None:
    """Two cells a million rows and 16,384 columns apart: calamine would hold all between them."""
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    workbook(path, sheet_of(f'{near}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


@hostile("far_out.xlsx")
def far_out(path: Path, _size: int) -> None:
    """A row and a column that no sheet has."""
    workbook(path, sheet_of('<row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>'))


@hostile("swollen.xlsx")
def swollen(path: Path, size: int) -> None:
    """A sheet a thousand times its packed size."""
    workbook(path, sheet_of((_HUNDREDFOLD * (size * MEGABYTE // len(_HUNDREDFOLD))).decode()))


@hostile("laughs.xlsx")
def laughs_xlsx(path: Path, _size: int) -> None:
    """Entities of entities in a sheet."""
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
    workbook(path, sheet_of(cell, _LAUGHS))


@hostile("laughs_strings.xlsx")
def laughs_strings(path: Path, _size: int) -> None:
    """The same in the shared strings."""
    strings = f'{_LAUGHS}<sst xmlns="{_MAIN}"><si><t>&i;</t></si></sst>'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    workbook(path, sheet_of(cell), strings)


@hostile("outside.xlsx")
def outside(path: Path, _size: int) -> None:
    """An entity that is another file."""
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
    workbook(path, sheet_of(cell, _FILE_ENTITY))


@hostile("deep.xlsx")
def deep_xlsx(path: Path, size: int) -> None:
    """Elements in elements, without end."""
    workbook(path, "<a>" * (size * 20_000))


@hostile("repeated.ods")
def repeated_ods(path: Path, _size: int) -> None:
    """One cell that says it is repeated a billion times."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    packed(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": _MANIFEST,
            "content.xml": f'<o:document-content xmlns:o="{office}office:1.0" '
            f'xmlns:t="{office}table:1.0" xmlns:x="{office}text:1.0"><o:body><o:spreadsheet>'
            '<t:table t:name="s"><t:table-row t:number-rows-repeated="1000000">'
            '<t:table-cell t:number-columns-repeated="16384" o:value-type="float" o:value="1">'
            "<x:p>1</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body>"
            "</o:document-content>",
        },
    )


@hostile("laughs.ods")
def laughs_ods(path: Path, _size: int) -> None:
    """Entities of entities in an OpenDocument sheet."""
    members: dict[str, bytes | str] = {"mimetype": "x", "META-INF/manifest.xml": _MANIFEST}
    packed(path, {**members, "content.xml": f"{_LAUGHS}<a>&i;</a>"})


@hostile("laughs.xml")
def laughs_xml(path: Path, _size: int) -> None:
    """Entities of entities in Excel's own XML."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(f'<?xml version="1.0"?>{_LAUGHS}<Workbook xmlns="{name}">&i;</Workbook>')


@hostile("swollen.hwpx")
def swollen_hwpx(path: Path, size: int) -> None:
    """A section a thousand times its packed size."""
    section = b"<sec>" + b"<p><t>1</t></p>" * (size * MEGABYTE // 16) + b"</sec>"
    packed(path, {"mimetype": "application/hwp+zip", "Contents/section0.xml": section})


@hostile("laughs.hwpx")
def laughs_hwpx(path: Path, _size: int) -> None:
    """Entities of entities in a Hangul document."""
    packed(path, {"mimetype": "x", "Contents/section0.xml": f"{_LAUGHS}<sec>&i;</sec>"})


@hostile("deep.hwpx")
def deep_hwpx(path: Path, size: int) -> None:
    """Tables in tables, without end."""
    inner = "<tbl><tr><tc><p>" * (size * 5_000)
    packed(path, {"mimetype": "x", "Contents/section0.xml": f"<sec>{inner}</sec>"})


@hostile("spans.hwpx")
def spans_hwpx(path: Path, _size: int) -> None:
    """A cell that says it covers a billion rows and columns."""
    name = "http://www.hancom.co.kr/hwpml/2011/paragraph"
    cell = (
        '<tc><cellAddr colAddr="999999999" rowAddr="999999999"/>'
        '<cellSpan colSpan="1000000000" rowSpan="1000000000"/><subList><p><run><t>1</t></run></p>'
        "</subList></tc>"
    )
    table = f'<sec xmlns="{name}"><p><run><tbl><tr>{cell}</tr></tbl></run></p></sec>'
    packed(path, {"mimetype": "application/hwp+zip", "Contents/section0.xml": table})


@hostile("bomb.zip")
def bomb_zip(path: Path, size: int) -> None:
    """A table of a size nobody would guess from the archive's."""
    packed(path, {"a.csv": TABLE.encode() + b"0" * (size * MEGABYTE)})


@hostile("bombs.zip")
def bombs_zip(path: Path, size: int) -> None:
    """Archives in archives."""
    inner = b"0" * (size * MEGABYTE)
    for depth in range(5):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(3):
                archive.writestr(f"{depth}{copy}.zip", inner)
        inner = held.getvalue()
    path.write_bytes(inner)


@hostile("overlapping.zip")
def overlapping_zip(path: Path, size: int) -> None:
    """A directory of a thousand names that all point to one packed member."""
    body = zlib.compress(b"0" * (size * MEGABYTE), 9)[2:-4]
    crc = zlib.crc32(b"0" * (size * MEGABYTE))
    fixed = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, crc, len(body), size * MEGABYTE)
    local = b"PK\3\4" + fixed + struct.pack("<HH", 1, 0) + b"a" + body
    entry = b"PK\1\2" + struct.pack("<H", 20) + fixed
    directory = b"".join(
        entry + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a" for _ in range(1000)
    )
    end = struct.pack("<HHHHIIH", 0, 0, 1000, 1000, len(directory), len(local), 0)
    path.write_bytes(local + directory + b"PK\5\6" + end)


@hostile("bomb.csv.gz")
def bomb_gzip(path: Path, size: int) -> None:
    """gzip in gzip."""
    with gzip.open(path, "wb") as outer, gzip.open(outer, "wb") as inner:
        for _ in range(size):
            inner.write(b"0" * MEGABYTE)


@hostile("bomb.csv.zst")
def bomb_zstd(path: Path, size: int) -> None:
    """The same packed by zstd, whose steps know no bound."""
    import zstandard

    with path.open("wb") as stream, zstandard.ZstdCompressor().stream_writer(stream) as packing:
        for _ in range(size):
            packing.write(b"0" * MEGABYTE)


def pdf(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(body)
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode()
    trailer = f"trailer <</Root 1 0 R /Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF\n"
    return body + trailer.encode()


CATALOGUE = "<</Type /Catalog /Pages 2 0 R>>"


@hostile("page_tree_loop.pdf")
def page_tree_loop(path: Path, _size: int) -> None:
    """A page tree that is its own child."""
    path.write_bytes(pdf(CATALOGUE, "<</Type /Pages /Kids [2 0 R] /Count 1>>"))


@hostile("xref_loop.pdf")
def xref_loop(path: Path, _size: int) -> None:
    """A cross-reference table whose predecessor is itself."""
    data = pdf(CATALOGUE, "<</Type /Pages /Kids [] /Count 0>>")
    start = data.index(b"xref\n")
    path.write_bytes(data.replace(b"/Size 3", f"/Size 3 /Prev {start}".encode()))


@hostile("form_loop.pdf")
def form_loop(path: Path, _size: int) -> None:
    """A drawing that draws itself."""
    form = "<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R /Length 5>>"
    path.write_bytes(
        pdf(
            CATALOGUE,
            "<</Type /Pages /Kids [3 0 R] /Count 1>>",
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 6 0 R /Resources 5 0 R>>",
            f"{form}\nstream\n/F Do\nendstream",
            "<</XObject <</F 4 0 R>>>>",
            "<</Length 5>>\nstream\n/F Do\nendstream",
        )
    )


@hostile("many_pages.pdf")
def many_pages(path: Path, size: int) -> None:
    """One page, named a million times."""
    kids = "3 0 R " * (size * 10_000)
    pages = f"<</Type /Pages /Kids [{kids}] /Count {size * 10_000}>>"
    path.write_bytes(pdf(CATALOGUE, pages, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"))


@hostile("bomb.pdf")
def bomb_pdf(path: Path, size: int) -> None:
    """A page's drawing that inflates to much."""
    stream = zlib.compress(b"0 0 m 9 9 l S " * (size * MEGABYTE // 14)).decode("latin-1")
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R>>"
    content = f"<</Filter /FlateDecode /Length {len(stream)}>>\nstream\n{stream}\nendstream"
    path.write_bytes(pdf(CATALOGUE, "<</Type /Pages /Kids [3 0 R] /Count 1>>", page, content))


@hostile("deep.json")
def deep_json(path: Path, _size: int) -> None:
    """Arrays a hundred thousand deep."""
    path.write_text("[" * 100_000 + "]" * 100_000)


@hostile("deep_objects.json")
def deep_objects(path: Path, _size: int) -> None:
    """Objects a hundred thousand deep."""
    path.write_text('{"a":' * 100_000 + "1" + "}" * 100_000)


@hostile("long_number.json")
def long_number(path: Path, _size: int) -> None:
    """An integer that takes Python minutes to read."""
    path.write_text('[{"부서": "가과", "예산현액": ' + "9" * 5_000_000 + ', "지출액": 1}]')


@hostile("ragged.json")
def ragged_json(path: Path, size: int) -> None:
    """Every record has a key of its own: records times keys are the cells."""
    path.write_text(json.dumps([{f"k{n}": n} for n in range(size * 300)]))


@hostile("surrogate.json")
def surrogate_json(path: Path, _size: int) -> None:
    """Half of a character, in a name and in a key."""
    path.write_text('[{"부서": "\\ud800", "예산현액": 1, "\\udfff": 2}]', encoding="utf-8")


@hostile("deep.html")
def deep_html(path: Path, size: int) -> None:
    """Tables in tables, without end."""
    path.write_text("<html>" + "<table><tr><td>" * (size * 1_000))


@hostile("spans.html")
def spans_html(path: Path, _size: int) -> None:
    """Cells that say they cover a billion rows and columns."""
    cell = '<td rowspan="999999999" colspan="999999999">1</td>'
    path.write_text(f"<html><table>{f'<tr>{cell * 50}</tr>' * 50}</table></html>")


@hostile("one_line.csv")
def one_line(path: Path, size: int) -> None:
    """A line without end."""
    with path.open("wb") as stream:
        for _ in range(size):
            stream.write(b"a," * (MEGABYTE // 2))


@hostile("one_word.csv")
def one_word(path: Path, size: int) -> None:
    """A name without end."""
    with path.open("wb") as stream:
        stream.write(TABLE.encode())
        for _ in range(size):
            stream.write(b"a" * MEGABYTE)


@hostile("one_quote.csv")
def one_quote(path: Path, size: int) -> None:
    """A quotation mark that is never closed, over many lines."""
    with path.open("wb") as stream:
        stream.write(b'a,b\n1,"2\n')
        for _ in range(size):
            stream.write(b"1,2\n" * (MEGABYTE // 4))


@hostile("wide.csv")
def wide(path: Path, _size: int) -> None:
    """As many columns as a spreadsheet may have."""
    names = ",".join(f"c{n}" for n in range(16_384))
    path.write_text(f"{names}\n{','.join('1' * 16_384)}\n")


@hostile("wide_amounts.csv")
def wide_amounts(path: Path, _size: int) -> None:
    """As many columns, each of which may be the spending."""
    path.write_text(f"부서,예산현액{',지출액' * 16_382}\n가과{',1' * 16_383}\n", encoding="utf-8")


@hostile("long_amount.csv")
def long_amount(path: Path, _size: int) -> None:
    """An amount of a hundred thousand digits, and one of a huge power."""
    path.write_text(
        f"부서,예산현액,지출액\n가과,{'9' * 100_000},1\n나과,1e999999999,9e-999999999\n",
        encoding="utf-8",
    )


@hostile("nul.csv")
def nul(path: Path, _size: int) -> None:
    """Zero bytes in a table."""
    path.write_bytes(TABLE.replace("가과", "가\0과").encode())


@hostile("nothing_but_nul.csv")
def nothing_but_nul(path: Path, size: int) -> None:
    """A file with nothing on its disk."""
    with path.open("wb") as stream:
        stream.truncate(size * MEGABYTE)


@hostile("surrogates.csv")
def surrogates(path: Path, _size: int) -> None:
    """Halves of characters, in UTF-8 and in UTF-16."""
    path.write_bytes(TABLE.encode() + b"\xed\xa0\x80,1,1\n")


@hostile("surrogates_utf16.csv")
def surrogates_utf16(path: Path, _size: int) -> None:
    """Half a character in UTF-16."""
    half = b"\x00\xd8" + ",1,1\n".encode("utf-16-le")
    path.write_bytes(b"\xff\xfe" + TABLE.encode("utf-16-le") + half)


@hostile("noise.bin")
def noise(path: Path, size: int) -> None:
    """Nothing at all."""
    path.write_bytes(os.urandom(size * 1000))


@hostile("aligned.txt")
def aligned(path: Path, size: int) -> None:
    """A page whose lines could be columns anywhere."""
    path.write_text("1 2  3   4    5\n" * (size * 1000))


@hostile("backtracking.txt")
def backtracking(path: Path, _size: int) -> None:
    """Lines made to be tried in every way by a careless pattern."""
    path.write_text("\n".join((" " * 50_000 + "!", "|-" * 50_000, "1 " * 50_000, "-" * 90_000)))


@hostile("backtracking.csv")
def backtracking_csv(path: Path, _size: int) -> None:
    """The same in a cell."""
    cells = (" " * 9000, "1," * 4500, "1 " * 4500, "가 " * 4500, "(" * 9000, "2024. " * 1500)
    rows = "".join(f'"{cell}","{cell}",1\n' for cell in cells)
    path.write_text(f"부서,예산현액,지출액\n{rows}", encoding="utf-8")


@hostile("bars.md")
def bars(path: Path, size: int) -> None:
    """A Markdown table of bars alone."""
    path.write_text(f"|a|b|\n|---|---|\n{'|' * (size * 20_000)}\n")


@hostile("cut.parquet")
def cut_parquet(path: Path, _size: int) -> None:
    """A footer that says it is four gigabytes long."""
    path.write_bytes(b"PAR1" + b"\xff" * 100 + b"\xff\xff\xff\x7fPAR1")


@hostile("cut.xls")
def cut_xls(path: Path, _size: int) -> None:
    """A compound file whose sectors form a ring."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    header[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header[44:52] = struct.pack("<II", 1, 0)
    header[56:80] = struct.pack("<IIIIII", 4096, 0xFFFFFFFE, 0, 0, 0, 0)
    header[76:80] = struct.pack("<I", 0)
    ring = struct.pack("<I", 0) * 128
    path.write_bytes(bytes(header) + ring + bytes(512) * 4)


if __name__ == "__main__":
    MAKERS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
