"""Workbooks: exact text, merged cells, several tables, and files that must be refused."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from budgetcli import readers
from budgetcli.errors import SourceError
from budgetcli.model import RawTable, Span
from budgetcli.readers.sniff import OLE_MAGIC
from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.spreadsheet import read
from budgetcli.readers.spreadsheet.cells import texts
from budgetcli.readers.spreadsheet.xls_records import XLS_STARTS, check_ends, xls_sheet
from budgetcli.readers.spreadsheet.xlsx import columns_up_to, rows_up_to

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def tables(data: bytes, sheet: str | None = None) -> list[RawTable]:
    return read(Source("book", data=data), ReadOptions(sheet=sheet))


def refusal(data: bytes, sheet: str | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        tables(data, sheet)
    return str(caught.value)


def written(fill: Callable[[Any], None]) -> bytes:
    """A workbook as a spreadsheet library writes it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book)
    return stream.getvalue()


def sheet_of(*rows: tuple[object, ...], **formats: str) -> bytes:
    """A workbook of one sheet with these rows; `formats` are number formats by column letter."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("S")
        for letter, form in formats.items():
            sheet.set_column(f"{letter}:{letter}", None, book.add_format({"num_format": form}))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)

    return written(fill)


def package(parts: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in parts.items():
            archive.writestr(member, content)
    return stream.getvalue()


def xlsx(body: str, **more: str) -> bytes:
    """A workbook around the XML of one sheet."""
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{RELATION}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" '
            f'Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{body}</worksheet>',
            **{f"xl/{part}.xml": content for part, content in more.items()},
        }
    )


def ods(rows: str, manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet with these table:table-row elements."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:{prefix}"' for prefix in ("office", "table", "text", "calcext")
    )
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest:manifest>{manifest}</manifest:manifest>",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def test_a_text_of_opendocument_is_not_called_a_damaged_spreadsheet() -> None:
    text = "application/vnd.oasis.opendocument.text"
    data = package({"mimetype": text, "content.xml": "<office:text/>"})
    with pytest.raises(SourceError, match="but no spreadsheet"):
        tables(data)


def ods_cell(text: str, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {attributes}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


# Values


def test_numbers_become_exact_plain_text() -> None:
    (table,) = tables(sheet_of((685068, 0.1 + 0.2, 1e15 + 2, 1e-7, -12345.5, 123456789012345678)))
    assert table.rows == (
        ("685068", "0.3", "1000000000000002", "0.0000001", "-12345.5", "123456789012346000"),
    )


@given(
    st.lists(
        st.floats(0, 1e12)
        | st.integers(-(2**60), 2**60).map(float)
        | st.sampled_from(["", "-", "집행", 0.0, -0.0, 30.7, 9999.0, 2.0**53, True]),
        min_size=1,
    )
)
def test_a_cell_reads_the_same_whatever_stands_above_and_below_it(column: list[Any]) -> None:
    alone = [texts([[cell]])[0] for cell in column]
    assert texts([cell] for cell in column) == alone


def test_a_long_column_loses_no_cell() -> None:
    amounts = [[float(number), number % 7 / 10] for number in range(5_000)]
    expected = [(str(number), f"{number % 7 / 10:g}") for number in range(5_000)]
    assert texts(amounts) == expected


def test_a_percent_format_keeps_the_number() -> None:
    assert tables(sheet_of((0.307,), A="0.0%"))[0].rows == (("0.307",),)


def test_dates_times_and_booleans_are_told_apart_from_numbers() -> None:
    day = sheet_of((datetime(2024, 7, 31),), A="yyyy-mm-dd")
    moment = sheet_of((datetime(2024, 7, 31, 9, 5),), A="yyyy-mm-dd hh:mm")
    clock = sheet_of((time(9, 5),), A="hh:mm")
    hours = sheet_of((1.5,), A="[h]:mm:ss")
    texts = [tables(data)[0].rows[0][0] for data in (day, moment, clock, hours)]
    assert texts == ["2024-07-31", "2024-07-31 09:05:00", "09:05:00", "36:00:00"]
    assert tables(sheet_of((1, True, 0, False)))[0].rows == (("1", "TRUE", "0", "FALSE"),)


def test_an_error_is_its_text_and_not_a_blank() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, ("율", 3))
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    assert tables(written(fill))[0].rows == (("율", "3"), ("", "#DIV/0!"))


def test_a_formula_is_read_as_its_saved_result() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="가"', None, "가")

    assert tables(written(fill))[0].rows == (("2", "가"),)


@pytest.mark.parametrize("saved", ["", "<v></v>", "<v/>"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_formula_without_a_saved_result_is_unknown_and_named(saved: str, quote: str) -> None:
    cells = f'<c r="A2"><v>1</v></c><c r="C2"><f>A2*2</f>{saved}</c><c r="D2"><v>4</v></c>'
    data = xlsx(f'<sheetData><row r="2">{cells}</row></sheetData>'.replace('"', quote))
    (table,) = tables(data)
    assert table.rows == (("1", "", "=?", "4"),)
    (said,) = [str(note.message) for note in table.evidence if note.aloud]
    assert "1 formula of the sheet S was saved without its result and is unknown (C2)" in said


def test_an_unknown_result_past_the_last_value_is_named_alone() -> None:
    cells = '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><f>A2*2</f></c></row>'
    (table,) = tables(xlsx(f"<sheetData>{cells}</sheetData>"))
    assert table.rows == (("1",),)
    assert "(C2)" in str(table.evidence[0].message)


def test_a_formula_that_gives_an_empty_text_has_a_result() -> None:
    data = xlsx(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c>'
        '<c r="B1" t="str"><f>""</f><v></v></c></row></sheetData>'
    )
    assert tables(data)[0].rows == (("1", ""),)


# Places


def test_lines_are_the_sheets_own_row_numbers() -> None:
    (table,) = tables(sheet_of((), (), (None, "과", "예산"), (None, "가", 5)))
    assert (table.lines, table.rows) == ((3, 4), (("과", "예산"), ("가", "5")))
    assert str(table.place(1)) == "book:S:4"


def test_merged_cells_are_spans_of_the_table() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(2, 1, 3, 1, "구분")
        sheet.merge_range(2, 2, 2, 3, "집행률")
        sheet.write_row(3, 2, ("원인행위", "지출"))
        sheet.write_row(4, 1, ("가", 1, 2))

    (table,) = tables(written(fill))
    assert table.rows[:2] == (("구분", "집행률", ""), ("", "원인행위", "지출"))
    assert set(table.spans) == {Span(0, 0, 2, 1), Span(0, 1, 1, 2)}


def test_text_under_a_merged_cell_is_left_out_aloud() -> None:
    data = xlsx(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>77</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    )
    (table,) = tables(data)
    assert table.rows == (("1", ""),)
    assert any("77" in str(said.message) and said.aloud for said in table.evidence)


# Sheets


def two_sheets(book: Any) -> None:
    book.add_worksheet("세출").write_row(0, 0, ("과", "예산"))
    hidden = book.add_worksheet("2023")
    hidden.write_row(0, 0, ("실", "액"))
    hidden.hide()


def test_every_sheet_is_read_and_a_hidden_one_is_said() -> None:
    first, second = tables(written(two_sheets))
    assert (first.sheet, first.number, first.alone) == ("세출", 1, False)
    assert (second.sheet, second.number) == ("2023", 2)
    assert not first.evidence
    assert "hidden" in str(second.evidence[0].message)


@pytest.mark.parametrize(("asked", "found"), [("세출", "세출"), ("2", "2023"), ("2023", "2023")])
def test_a_sheet_is_chosen_by_name_or_number(asked: str, found: str) -> None:
    (table,) = tables(written(two_sheets), asked)
    assert (table.sheet, table.alone) == (found, True)


@pytest.mark.parametrize("asked", ["세입", "0", "3"])
def test_an_unknown_sheet_names_those_there_are(asked: str) -> None:
    assert "sheets there are: 세출, 2023" in refusal(written(two_sheets), asked)


def test_a_workbook_without_cells_is_refused() -> None:
    assert "no cells" in refusal(written(lambda book: book.add_worksheet("빈")))


# Several tables on a sheet


HEADER = ("구분", "예산현액", "지출액")


def test_title_and_unit_stay_with_the_table_below_them() -> None:
    (table,) = tables(sheet_of(("예산",), ("(단위: 백만원)",), (), HEADER, ("가", 5, 3)))
    assert [row[0] for row in table.rows] == ["예산", "(단위: 백만원)", "", "구분", "가"]


def test_a_blank_row_inside_a_table_does_not_part_it() -> None:
    (table,) = tables(sheet_of(HEADER, ("가", 5, 3), (), ("나", 7, 4), (), ("※ 잠정",)))
    assert len(table.rows) == 6


def test_a_heading_without_a_header_does_not_part_a_table() -> None:
    (table,) = tables(sheet_of(HEADER, ("가", 5, 3), (), ("2. 기금",), ("나", 7, 4)))
    assert len(table.rows) == 5


def test_a_header_repeated_after_a_blank_row_does_not_part_a_table() -> None:
    (table,) = tables(sheet_of(HEADER, ("가", 5, 3), (), HEADER, ("나", 7, 4)))
    assert len(table.rows) == 5


def test_a_new_header_under_a_title_opens_a_new_table() -> None:
    spending = (HEADER, ("가", 5, 3), (), ("※ 잠정",), ())
    income = (("세입",), ("(단위: 천원)",), (), ("과목", "수입액", "징수액"), ("지방세", 9, 8))
    first, second = tables(sheet_of(*spending, *income))
    assert [row[0] for row in first.rows] == ["구분", "가", "", "※ 잠정"]
    assert [row[0] for row in second.rows] == ["세입", "(단위: 천원)", "", "과목", "지방세"]
    assert second.lines == (6, 7, 8, 9, 10)
    assert (first.number, second.number, second.alone) == (1, 2, False)


def test_tables_side_by_side_are_parted_at_the_blank_column() -> None:
    left, right = tables(
        sheet_of(
            ("2024년 예산",),
            ("세출", "예산", None, "세입", "수입"),
            ("가", 5, None, "지방세", 9),
            ("나", 7, None, "보조금", 4),
        )
    )
    assert left.rows[1:] == (("세출", "예산"), ("가", "5"), ("나", "7"))
    assert right.rows == (("세입", "수입"), ("지방세", "9"), ("보조금", "4"))
    assert (right.before, right.lines) == (("2024년 예산",), (2, 3, 4))


def test_a_spacer_column_does_not_part_a_table() -> None:
    (table,) = tables(sheet_of(("구분", "예산", None, "지출", "율"), ("가", 5, None, 3, 60)))
    assert len(table.rows[0]) == 5


# Other formats


def test_ods_repeats_merges_errors_and_row_numbers_are_kept() -> None:
    merged = ods_cell("가", 'table:number-columns-spanned="2"')
    number = '<table:table-cell office:value-type="float" office:value="5"/>'
    error = (
        '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    (table,) = tables(
        ods(
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            f"<table:table-row>{merged}"
            f"<table:covered-table-cell/>{number}{error}</table:table-row>"
        )
    )
    assert table.rows == (("가", "", "5", "#DIV/0!"),)
    assert (table.lines, table.spans) == ((3,), (Span(0, 0, 1, 2),))


def test_ods_formula_without_a_result_is_unknown_and_named() -> None:
    row = f"<table:table-row>{ods_cell('a')}<table:table-cell table:formula='of:=1'/>"
    (table,) = tables(ods(f"{row}{ods_cell('b')}</table:table-row>"))
    assert table.rows == (("a", "=?", "b"),)
    assert "(B1)" in str(table.evidence[0].message)


def test_a_protected_ods_is_named_as_such() -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert "protected by a password" in refusal(ods("", entry))


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of a binary workbook; types above 127 take two bytes."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(*cells: bytes) -> bytes:
    sheet = (
        record(0x81)
        + record(0x94, bytes(16))
        + record(0x91)
        + b"".join(cells)
        + record(0x92)
        + record(0xB0, struct.pack("<4I", 0, 0, 0, 1))
        + record(0x82)
    )
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("S")
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": record(0x9C, bundle) + record(0x90) + record(0x9D) + record(0x84),
            "xl/_rels/workbook.bin.rels": '<Relationships><Relationship Id="rId1" '
            f'Type="{RELATION}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def xlsb_row(row: int) -> bytes:
    return record(0, struct.pack("<I", row) + bytes(13))


def xlsb_cell(column: int, kind: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + value)


def test_xlsb_values_errors_and_merges_are_read() -> None:
    (table,) = tables(
        xlsb(
            xlsb_row(0),
            xlsb_cell(0, 6, wide("가")),
            xlsb_cell(2, 5, struct.pack("<d", 30.7)),
            xlsb_cell(3, 3, b"\x07"),
        )
    )
    assert table.rows == (("가", "", "30.7", "#DIV/0!"),)
    assert table.spans == (Span(0, 0, 1, 2),)


# Real files


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_report_reads_the_same_from_every_format(
    real_file: Callable[[str], Path], ending: str
) -> None:
    path = real_file(f"seoul_economic_office_2024/documents/budget.{ending}")
    (table,) = read(Source("b", path), ReadOptions())
    assert table.rows[5] == ("계", "685068", "496416", "463697", "72.5", "67.7")
    assert (len(table.rows), table.lines[0], len(table.spans)) == (16, 1, 5)
    assert Span(3, 4, 1, 2) in table.spans


def test_a_file_whose_rates_were_never_calculated_says_which_cells(
    real_file: Callable[[str], Path],
) -> None:
    path = real_file("seoul_economic_office_2024/documents/budget_formula.xlsx")
    (table,) = tables(path.read_bytes())
    said = str(table.evidence[0].message)
    assert "22 formulas of the sheet 예산" in said
    assert "(E6, F6, E7, F7, E8, ...)" in said


def test_a_protected_xlsx_is_named_as_such(real_file: Callable[[str], Path]) -> None:
    path = real_file("seoul_economic_office_2024/documents/enc.xlsx")
    assert "protected by a password" in refusal(path.read_bytes())


def test_a_large_open_data_file_is_one_table(real_file: Callable[[str], Path]) -> None:
    path = real_file("los_angeles_xlsx/City_Budget_and_Expenditures.xlsx")
    (table,) = read(Source("b", path), ReadOptions())
    assert (len(table.rows), table.rows[1][5], table.rows[1][6]) == (28013, "27563.12", "51093")


# Hostile files


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
CELLS = '<row r="1"><c r="A1"><v>1</v></c>'


@pytest.mark.parametrize(
    "rows",
    [
        FAR,
        FAR.replace('"', "'"),
        FAR.replace("<c r=", "<c\n r ="),
        FAR.replace("<c ", "<x:c xmlns:x='m' ").replace("</c>", "</x:c>"),
        FAR.replace("XFD", "xfd"),
        f'{CELLS}<c r="XFD1048576"><v>1</v></c></row>',
        f'{CELLS}<c r="ZZZZZZZ1"><v>1</v></c></row>',
        f'{CELLS}<c r="A99999999"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        f'{CELLS}</row></sheetData><x:sheetData><row r="1048576"><c r="XFD1048576">'
        "<v>1</v></c></row></x:sheetData><sheetData>",
    ],
)
def test_cells_far_apart_are_refused_however_they_are_written(rows: str) -> None:
    message = refusal(xlsx(f"<sheetData>{rows}</sheetData>"))
    assert "too large" in message or "damaged" in message


@pytest.mark.parametrize("row", [1, 9, 10, 57, 100, 999, 20134, 1048576])
@pytest.mark.parametrize("room", [0, 10**9])
def test_the_guess_of_rows_covers_all_up_to_the_last_and_none_beyond_its_bound(
    row: int, room: int
) -> None:
    pattern, most = rows_up_to(b"%d" % row, room)
    matches = re.compile(pattern).fullmatch
    assert all(matches(b"%d" % number) for number in {1, row // 2 + 1, max(row - 1, 1), row})
    assert not any(matches(b"%d" % number) for number in (most + 1, 10 * most + 9))


@pytest.mark.parametrize("widest", [b"A", b"Q", b"Z", b"AA", b"AM", b"BC", b"ZZ"])
def test_the_guess_of_columns_covers_those_up_to_the_widest_only(widest: bytes) -> None:
    letters = [bytes([a]) for a in range(65, 91)]
    letters += [first + second for first in letters for second in letters]
    matches = re.compile(columns_up_to(widest)).fullmatch
    assert [text for text in letters if matches(text)] == letters[: letters.index(widest) + 1]


def test_a_row_wider_than_the_guess_is_read_whole() -> None:
    narrow = [(number, number) for number in range(3000)]
    rows: list[tuple[object, ...]] = [*narrow, (*[None] * 40, "끝"), *narrow]
    (table,) = tables(sheet_of(*rows))
    assert (len(table.rows), table.rows[3000][40]) == (6001, "끝")


def test_a_far_cell_without_a_value_does_no_harm() -> None:
    rows = f'{CELLS}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert tables(xlsx(f"<sheetData>{rows}</sheetData>"))[0].rows == (("1",),)


def test_a_cell_below_the_last_row_there_is_is_refused() -> None:
    rows = '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'
    assert "row 4,294,967,295" in refusal(xlsx(f"<sheetData>{rows}</sheetData>"))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "unpacks from" in refusal(xlsx("<sheetData>" + " " * 9_000_000 + "</sheetData>"))


def test_a_long_text_in_many_cells_is_refused() -> None:
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 2001))
    text = "가" * 300_000
    message = refusal(
        xlsx(
            f'<sheetData><row r="1">{cells}</row></sheetData>',
            sharedStrings=f"<sst><si><t>{text}</t></si></sst>",
        )
    )
    assert "would fill" in message


def test_a_member_that_declares_too_small_a_size_is_refused() -> None:
    data = bytearray(xlsx(f"<sheetData>{CELLS}</row></sheetData>"))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, entry + 24, size - 10)
    assert "damaged" in refusal(bytes(data))


def test_a_member_that_is_not_what_its_checksum_says_is_refused() -> None:
    data = bytearray(xlsx(f"<sheetData>{CELLS}</row></sheetData>"))
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, entry + 16, 1)
    assert "damaged" in refusal(bytes(data))


def test_a_directory_that_claims_to_be_huge_is_refused() -> None:
    data = bytearray(xlsx(f"<sheetData>{CELLS}</row></sheetData>"))
    struct.pack_into("<I", data, data.rindex(b"PK\x05\x06") + 12, 1 << 30)
    assert "directory is too large" in refusal(bytes(data))


def test_two_parts_that_could_hold_the_shared_texts_are_refused() -> None:
    text = "<sst><si><t>{}</t></si></sst>"
    parts = {"sharedStrings": text.format("가" * 9), "SharedStrings": text.format("가")}
    assert "damaged" in refusal(xlsx(f"<sheetData>{CELLS}</row></sheetData>", **parts))


def test_merged_cells_upon_each_other_without_measure_are_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 3001))
    merges = '<mergeCell ref="A1:A3000"/>' * 3000
    data = xlsx(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")
    assert "lie upon each other" in refusal(data)


def test_entities_are_not_expanded() -> None:
    body = "<sheetData><row r='1'><c r='A1' t='str'><v>&a;</v></c></row></sheetData>"
    data = xlsx(body)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    sheet = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet xmlns="{MAIN}">{body}</worksheet>'
    assert "damaged" in refusal(package({**parts, "xl/worksheets/sheet1.xml": sheet}))


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="99999999">{}</table:table-row>',
        "<table:table-row>{}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"/>{}</table:table-row>',
    ],
)
def test_ods_repeats_without_measure_are_refused(row: str) -> None:
    assert "too large" in refusal(ods(row.format(ods_cell("a"), ods_cell("b"))))


def test_an_ods_error_repeated_without_measure_is_refused() -> None:
    cell = '<table:table-cell calcext:value-type="error" table:number-columns-repeated="99999999"/>'
    assert "too large" in refusal(ods(f"<table:table-row>{cell}</table:table-row>"))


def test_ods_spaces_without_measure_are_refused() -> None:
    cell = ods_cell('<text:s text:c="4000000000"/>')
    assert "would fill" in refusal(ods(f"<table:table-row>{cell}</table:table-row>"))


def test_xlsb_cells_far_apart_are_refused() -> None:
    one = xlsb_cell(0, 5, struct.pack("<d", 1))
    far = xlsb_cell(16383, 5, struct.pack("<d", 1))
    assert "too large" in refusal(xlsb(xlsb_row(0), one, xlsb_row(1_000_000), far))


def test_xls_cells_far_apart_are_refused() -> None:
    def number(row: int, column: int) -> bytes:
        return struct.pack("<HHHHHd", 0x0203, 14, row, column, 0, 1.0)

    stream = number(0, 0) + number(65535, 65535) + struct.pack("<HH", 0x000A, 0)
    with pytest.raises(SourceError, match="too large"):
        xls_sheet(stream, 0, "book")


def test_an_xls_ring_of_sectors_is_refused() -> None:
    with pytest.raises(ValueError, match="ring"):
        check_ends([1, 2, 0], 0)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_truncated_or_scratched_file_is_an_error_and_no_crash(
    real_file: Callable[[str], Path], ending: str
) -> None:
    whole = real_file(f"seoul_economic_office_2024/documents/budget.{ending}").read_bytes()
    program = (
        "import sys; from budgetcli.errors import SourceError\n"
        "from budgetcli.readers.source import Source, ReadOptions\n"
        "from budgetcli.readers.spreadsheet import read\n"
        "whole = sys.stdin.buffer.read()\n"
        "for step in range(1, 40):\n"
        "    at = len(whole) * step // 40\n"
        "    for data in (whole[:at], whole[:at] + b'\\xff' * 16 + whole[at + 16:]):\n"
        "        try: read(Source('b', data=data), ReadOptions())\n"
        "        except SourceError: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=whole, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def test_a_damaged_compound_file_that_could_be_anything_is_not_called_a_spreadsheet() -> None:
    assert "the Office file is damaged" in refusal(OLE_MAGIC + bytes(600))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (sheet_of(("예산", 1)), "spreadsheet (XLSX)"),
        (ods(f"<table:table-row>{ods_cell('예산')}</table:table-row>"), "spreadsheet (ODS)"),
        (OLE_MAGIC + bytes(504) + XLS_STARTS[0] + bytes(900), "spreadsheet (XLS)"),
    ],
)
def test_a_spreadsheet_that_is_cut_short_is_called_by_its_format(data: bytes, named: str) -> None:
    with pytest.raises(SourceError, match="damaged or incomplete") as caught:
        readers.read(Source("book", data=data[:-60]))
    assert named in str(caught.value)


def xls(*records: tuple[int, bytes]) -> bytes:
    """An Excel 97 workbook of these records."""
    cfb = pytest.importorskip("hwpx.hwp5.cfb")
    begun = [(0x0809, XLS_STARTS[0][4:] + bytes(14)), *records, (0x000A, b"")]
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in begun)
    data: bytes = cfb.build_compound_file([("Workbook", stream)])
    return data


def test_the_librarys_own_words_about_a_damaged_xls_reach_nobody(
    capfd: pytest.CaptureFixture[str],
) -> None:
    sheet_beyond_the_end = (0x0085, struct.pack("<IBBBB", 5_572_237, 0, 0, 1, 0) + b"S")
    with pytest.raises(SourceError, match="out of range"):
        readers.read(Source("book", data=xls(sheet_beyond_the_end)))
    assert capfd.readouterr() == ("", "")


def test_a_date_without_a_time_of_day_is_a_date_only() -> None:
    rows = tables(sheet_of((date(2024, 2, 29),), A="yyyy/mm/dd"))[0].rows
    assert rows == (("2024-02-29",),)
