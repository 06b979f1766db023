"""PDF: what is printed as a table is read as one, and what must not be read says why."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from budgetcli.errors import MissingExtraError, SourceError
from budgetcli.i18n import say
from budgetcli.model import RawTable, Span
from budgetcli.readers import pdf
from budgetcli.readers.apart import Limits, read_apart
from budgetcli.readers.source import ReadOptions, Source

pytest.importorskip("pdfplumber")

SEOUL = "seoul_economic_office_2024/documents/"
MINISTRIES = "ministry_program_pdfs/"
TOP = 792
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
DIVISIONS = ["계", "경제정책과", "일자리정책과", "창업정책과", "대학협력과", "금융투자과"]
DIVISIONS += ["창조산업과", "뷰티패션산업과", "첨단산업과", "산업입지과", "서울시립과학관"]


def document(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\n" % (
        size, table, size, trailer,
    ) + b"startxref\n%d\n%%%%EOF" % len(out)  # fmt: skip


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def pages(*contents: bytes, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """One page for each program of drawing; `more` are objects from number 4 + 2 x pages on."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        HELVETICA,
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (first + 2 * n + 1, resources)
        )
        objects.append(content if content.startswith(b"<<") else stream(content))
    return document([*objects, *more])


def text(x: float, y: float, words: str, size: float = 10) -> bytes:
    """Words whose line starts at x and stands at y from the top."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, TOP - y, escaped.encode("latin-1"))


def right(x: float, y: float, words: str, size: float = 10) -> bytes:
    """Figures that end at x: a digit of Helvetica is 0.556 wide, a comma or a point half of it."""
    narrow = sum(mark in ",." for mark in words)
    return text(x - size * (0.556 * (len(words) - narrow) + 0.278 * narrow), y, words, size)


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"0.5 w %g %g m %g %g l S\n" % (x0, TOP - y0, x1, TOP - y1)


def ruled(xs: Sequence[float], ys: Sequence[float]) -> bytes:
    """Every rule of a grid, from side to side."""
    lying = b"".join(rule(xs[0], y, xs[-1], y) for y in ys)
    return lying + b"".join(rule(x, ys[0], x, ys[-1]) for x in xs)


def filled(xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str]]) -> bytes:
    """The texts of a grid's cells."""
    return b"".join(
        text(x + 4, y + 13, cell)
        for y, row in zip(ys, cells, strict=False)
        for x, cell in zip(xs, row, strict=False)
    )


def read(data: bytes) -> list[RawTable]:
    """Read in this process: what our own documents hold needs no process of its own."""
    return pdf.read_here(Source("report.pdf", data=data), ReadOptions(), lambda: None)


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        pdf.read(Source("report.pdf", data=data), ReadOptions())
    return str(caught.value)


def said(table: RawTable) -> str:
    return "\n".join(str(evidence.message) for evidence in table.evidence)


XS, YS = [50, 200, 300, 400], [100, 120, 140, 160]
CELLS = (("Division", "Budget", "Spent"), ("Roads", "1,200", "900"), ("Parks", "300", "-"))


def test_a_ruled_table_gives_its_cells_and_nothing_to_remark() -> None:
    [table] = read(pages(ruled(XS, YS) + filled(XS, YS, CELLS)))
    assert table.rows == CELLS
    assert (table.page, table.lines, table.spans, table.alone) == (1, (1, 2, 3), (), True)
    assert said(table) == ""


def test_title_and_unit_stand_before_and_notes_after() -> None:
    around = text(50, 60, "Budget by division") + text(300, 90, "(Unit: million won, '24. 7. 31.)")
    [table] = read(pages(around + ruled(XS, YS) + filled(XS, YS, CELLS) + text(50, 190, "* draft")))
    assert table.before == ("Budget by division", "(Unit: million won, '24. 7. 31.)")
    assert table.after == ("* draft",)


def test_open_sides_are_closed_and_said() -> None:
    lying = b"".join(rule(50, y, 400, y) for y in YS)
    standing = b"".join(rule(x, 100, x, 160) for x in XS[1:-1])
    [table] = read(pages(lying + standing + filled(XS, YS, CELLS)))
    assert table.rows == CELLS
    assert "closed" in said(table)


def test_rules_made_of_dashes_are_rules() -> None:
    dashes = b"".join(rule(x, 140, x + 0.5, 140) for x in range(50, 400, 2))
    frame = ruled(XS, [100, 120, 160])
    [table] = read(pages(frame + dashes + filled(XS, YS, CELLS)))
    assert table.rows == CELLS


def test_merged_header_cells_are_spans() -> None:
    rules = b"".join(rule(50, y, 400, y) for y in (100, 140, 160)) + rule(200, 120, 400, 120)
    rules += b"".join(rule(x, 100, x, 160) for x in (50, 200, 400)) + rule(300, 120, 300, 160)
    cells = (("Division", "Rate", ""), ("", "Committed", "Spent"), ("Roads", "72.5", "67.7"))
    [table] = read(pages(rules + filled(XS, YS, cells)))
    assert table.rows == cells
    assert table.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))


def plain_rows(top: float = 140) -> bytes:
    rows = [
        ("Roads", "1,200", "900"),
        ("Parks and gardens", "300", "45"),
        ("Total", "1,500", "945"),
    ]
    return b"".join(
        text(50, top + 16 * n, name) + right(300, top + 16 * n, one) + right(380, top + 16 * n, two)
        for n, (name, one, two) in enumerate(rows)
    )


PLAIN = (
    ("Division", "Budget", "Spent"),
    ("Roads", "1,200", "900"),
    ("Parks and gardens", "300", "45"),
    ("Total", "1,500", "945"),
)


def test_without_rules_columns_are_told_by_gaps() -> None:
    head = text(50, 124, "Division") + text(262, 124, "Budget") + text(350, 124, "Spent")
    title = text(50, 60, "Budget by division") + text(250, 100, "(Unit: million won)")
    [table] = read(pages(title + head + plain_rows()))
    assert table.rows == PLAIN
    assert table.before == ("Budget by division", "(Unit: million won)")
    assert "gaps" in said(table)


def test_rules_above_and_below_bound_the_header() -> None:
    head = text(50, 124, "Division") + text(262, 124, "Budget") + text(350, 124, "Spent")
    rules = b"".join(rule(50, y, 380, y) for y in (110, 128, 180))
    [table] = read(pages(text(50, 106, "Table 3") + rules + head + plain_rows()))
    assert table.rows == PLAIN
    assert table.before == ("Table 3",)


def test_a_header_centred_over_two_rows_and_two_columns_without_rules() -> None:
    head = text(50, 124, "Division") + text(300, 117, "Rate (%)")
    head += text(266, 131, "Bound") + text(355, 131, "Paid")
    [table] = read(pages(head + plain_rows(148)))
    assert table.rows[:3] == (("Division", "Rate (%)", ""), ("", "Bound", "Paid"), PLAIN[1])
    assert set(table.spans) == {Span(0, 0, 2, 1), Span(0, 1, 1, 2)}


def test_rules_that_do_not_part_the_amounts_are_not_trusted() -> None:
    head = text(50, 124, "Division") + text(262, 124, "Budget") + text(350, 124, "Spent")
    frame = ruled([45, 200, 390], [110, 128, 146, 162, 178])
    [table] = read(pages(frame + head + plain_rows()))
    assert table.rows == PLAIN


def test_shaded_cells_without_rules_are_cells() -> None:
    boxes = [(x, y, XS[n + 1] - x) for n, x in enumerate(XS[:-1]) for y in YS[:-1]]
    shades = b"".join(b"0.9 g %g %g %g 20 re f 0 g\n" % (x, TOP - y - 20, w) for x, y, w in boxes)
    [table] = read(pages(shades + filled(XS, YS, CELLS)))
    assert table.rows == CELLS


def test_numbers_grouped_by_spaces_stay_whole() -> None:
    rows = b"".join(
        text(50, y, "Kapitola") + text(200, y, "1 234 567,89") + text(300, y, "12 000,00")
        for y in (100, 116, 132)
    )
    [table] = read(pages(rows))
    assert table.rows == (("Kapitola", "1 234 567,89", "12 000,00"),) * 3


def test_a_currency_mark_belongs_to_the_amount_right_of_it() -> None:
    rows = b"".join(
        text(50, y, "Police") + text(200, y, "$") + right(300, y, one) + right(380, y, "95")
        for y, one in ((100, "1,234,567"), (116, "89"))
    )
    [table] = read(pages(rows))
    assert table.rows == (("Police", "$ 1,234,567", "95"), ("Police", "$ 89", "95"))


def test_text_is_no_table() -> None:
    lines = b"".join(text(50, 100 + 16 * n, f"- '0{n}. 9 : the plan was changed") for n in range(8))
    assert read(pages(lines)) == []


def two_pages(second: Sequence[Sequence[str]]) -> list[RawTable]:
    first = ruled(XS, YS) + filled(XS, YS, CELLS) + text(300, 780, "- 1 -")
    ys = [100 + 20 * n for n in range(len(second) + 1)]
    return read(pages(first, ruled(XS, ys) + filled(XS, ys, second)))


def test_a_header_repeated_on_the_next_page_makes_one_table() -> None:
    [table] = two_pages((CELLS[0], ("Water", "70", "7")))
    assert table.rows == (*CELLS, ("Water", "70", "7"))
    assert (table.page, table.lines) == (1, (1, 2, 3, 2))
    assert "page 2" in said(table)
    assert "header" in said(table)


def test_rows_that_go_on_without_a_header_are_joined_aloud() -> None:
    [table] = two_pages((("Water", "70", "7"), ("Total", "1,570", "907")))
    assert table.rows[-1] == ("Total", "1,570", "907")
    assert [evidence.aloud for evidence in table.evidence] == [True]


def test_another_header_is_another_table() -> None:
    tables = two_pages((("Fund", "Budget", "Spent"), ("Water", "70", "7")))
    assert [(table.number, table.page, table.alone) for table in tables] == [
        (1, 1, False),
        (2, 2, False),
    ]


def stacked(columns: Sequence[Sequence[str]]) -> tuple[RawTable, ...]:
    """A header row, and below it one row of cells with one line for each entry."""
    ys = [100, 120, 190]
    content = ruled(XS, ys) + filled(XS, ys, [CELLS[0]])
    for x, lines in zip(XS, columns, strict=False):
        start = 157 - 7 * (len(lines) - 1)
        content += b"".join(text(x + 4, start + 14 * n, line) for n, line in enumerate(lines))
    return tuple(read(pages(content)))


def test_several_rows_in_one_cell_are_set_apart_and_said() -> None:
    [table] = stacked((["2022", "2023", "2024"], ["10", "20", "30"], ["-", "5", "6"]))
    assert table.rows[1:] == (("2022", "10", "-"), ("2023", "20", "5"), ("2024", "30", "6"))
    assert "1 row of cells held several rows" in said(table)


def test_an_amount_in_brackets_belongs_to_the_one_above() -> None:
    [table] = stacked((["Roads", "Parks"], ["10", "[9]", "20", "[18]"], ["1", "2"]))
    assert table.rows[1:] == (("Roads", "10\n[9]", "1"), ("Parks", "20\n[18]", "2"))


@pytest.mark.parametrize(
    "columns",
    [
        (["Roads and", "bridges"], ["10"], ["4"]),
        (["Roads"], ["10", "[9]"], ["4", "[3]"]),
        (["Roads"], ["10", "20"], ["4", "5"]),
        (["Roads", "Parks"], ["10", "20"], ["4", "5", "6"]),
    ],
    ids=["a broken name", "brackets only", "one name", "counts differ"],
)
def test_lines_that_are_no_rows_stay_in_their_cell(columns: Sequence[Sequence[str]]) -> None:
    [table] = stacked(columns)
    assert table.rows[1:] == (tuple("\n".join(lines) for lines in columns),)
    assert said(table) == ""


def test_slanted_text_is_left_out_and_said() -> None:
    mark = b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 120 600 Tm (DRAFT) Tj ET\n"
    [table] = read(pages(ruled(XS, YS) + filled(XS, YS, CELLS) + mark))
    assert table.rows == CELLS
    assert "watermark" in said(table)


@pytest.mark.parametrize("name", ["budget_open", "budget_nolines", "budget_css_chr", "page1"])
def test_the_report_gives_its_ten_divisions(name: str, real_file: Callable[[str], Path]) -> None:
    path = real_file(f"{SEOUL}{name}.pdf")
    table = pdf.read(Source(path.name, path), ReadOptions())[-1]
    bare = [[cell.replace(" ", "") for cell in row] for row in table.rows]
    assert bare[0] == ["구분", "예산현액", "원인행위액", "지출액", "집행률(%)", ""]
    assert bare[1] == ["", "", "", "", "원인행위액", "지출액"]
    assert [row[0] for row in bare[2:]] == DIVISIONS
    assert bare[2] == ["계", "685,068", "496,416", "463,697", "72.5", "67.7"]
    assert bare[8] == ["창조산업과", "49,222", "27,861", "15,105", "56.6", "30.7"]
    assert Span(0, 4, 1, 2) in table.spans
    assert table.before[-1] == "(단위 : 백만원, ’24. 7. 31. 기준)"


def test_rows_between_dotted_rules_and_a_dash_stay_as_printed(
    real_file: Callable[[str], Path],
) -> None:
    path = real_file(f"{MINISTRIES}국토교통부_전세임대(융자).pdf")
    table = pdf.read(Source(path.name, path), ReadOptions())[6]
    row = next(row for row in table.rows if row[0] == "․전세임대(융자)")
    assert row[:6] == (
        "․전세임대(융자)",
        "4,775,041",
        "4,775,041",
        "4,661,183\n[4,661,183]",
        "-",
        "-",
    )
    assert table.before == ("□ 기능별(내역사업별), 목별 계획 내역", "(단위: 백만원)")


def test_a_table_over_two_pages_is_one(real_file: Callable[[str], Path]) -> None:
    path = real_file(f"{MINISTRIES}산업통상자원부_에너지바우처.pdf")
    table = pdf.read(Source(path.name, path), ReadOptions())[6]
    assert len(table.rows) == 25
    assert table.page == 2
    assert table.lines[17:20] == (18, 4, 5)
    assert table.rows[-1][:2] == ("-민간경상보조\n(320-01)", "-")


def test_a_rule_over_some_columns_parts_the_row(real_file: Callable[[str], Path]) -> None:
    path = real_file(f"{MINISTRIES}국토교통부_소규모주택정비사업.pdf")
    table = pdf.read(Source(path.name, path), ReadOptions())[6]
    assert len(table.rows) == 17
    assert table.rows[8][:4] == (
        "․기타민간\n융자금(450-04)",
        "317,500\n(31,800)",
        "349,300",
        "341,802\n[341,802]",
    )
    assert table.rows[9][:4] == ("․이차보전금\n(320-05)", "-", "-", "-")


SCAN = (
    stream(
        b"\0",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8",
    ),
)


def test_a_scan_says_it_holds_pictures() -> None:
    data = pages(b"q 612 0 0 792 0 0 cm /I Do Q", resources=b"/XObject << /I 6 0 R >>", more=SCAN)
    assert "pictures of text, no text" in refusal(data)


def test_a_page_that_is_a_picture_is_said_aloud() -> None:
    first = ruled(XS, YS) + filled(XS, YS, CELLS)
    scan = b"q 612 0 0 792 0 0 cm /I Do Q"
    [table] = read(pages(first, scan, resources=b"/XObject << /I 8 0 R >>", more=SCAN))
    assert "page 2 is a picture" in said(table)
    assert table.evidence[-1].aloud


def test_a_password_is_named() -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", lock]
    ids = b"/Encrypt 3 0 R /ID [<00> <00>]"
    assert "password" in refusal(document(objects, ids))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pdfplumber", None)
    with pytest.raises(MissingExtraError, match="needs an extra"):
        read(b"%PDF-1.7")


GOOD = pages(ruled(XS, YS) + filled(XS, YS, CELLS))


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(5_000), GOOD[:300], b"%PDF-1.7\n" + b"[" * 200_000],
    ids=["empty", "zeros", "truncated", "brackets"],
)
def test_what_is_broken_is_refused(data: bytes) -> None:
    assert "report.pdf" in refusal(data)


def flate(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * times))


def forms(depth: int, width: int) -> bytes:
    """Drawings that draw drawings: `width` to the power of `depth` of them."""
    more = [
        stream(
            b"/X%d Do " % (n + 1) * width,
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] "
            b"/Resources << /XObject << /X%d %d 0 R >> >>" % (n + 1, 7 + n),
        )
        for n in range(depth)
    ]
    more.append(stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]"))
    return pages(b"/X0 Do", resources=b"/XObject << /X0 6 0 R >>", more=more)


def character_map() -> bytes:
    codes = b"begincmap 1 beginbfrange <00000000> <7fffffff> <0000> endbfrange endcmap"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    content = b"BT /F2 10 Tf 9 9 Td (a) Tj ET"
    data = pages(content, resources=b"", more=[font, stream(codes)])
    return data.replace(b"/F1 3 0 R", b"/F2 6 0 R")


def page_tree(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return document([b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * count])


def deep_tree(depth: int) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 3) for n in range(depth)]
    page = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    return document([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, page])


def predictor() -> bytes:
    parameters = b"/DecodeParms << /Predictor 12 /Columns 2000000000 >>"
    return pages(stream(zlib.compress(b"\2ab"), b"/Filter /FlateDecode " + parameters))


BOMB = flate(bytes(600 << 20))  # larger, inflated, than the memory that reading may take


@pytest.mark.parametrize(
    "make",
    [
        lambda: pages(BOMB),
        lambda: pages(flate(b" " * (600 << 20), 2)),
        lambda: pages(flate(b"0 0 m 9 9 l S\n" * 1_000_000)),
        lambda: pages(flate(b"q " * 20_000_000)),
        lambda: forms(12, 12),
        character_map,
        predictor,
        lambda: page_tree(pdf.MOST_PAGES + 1),
        lambda: deep_tree(3_000),
    ],
    ids=[
        "bomb",
        "bomb in a bomb",
        "rules",
        "operators",
        "forms",
        "map",
        "predictor",
        "pages",
        "deep",
    ],
)
def test_what_would_take_forever_is_refused(make: Callable[[], bytes]) -> None:
    source = Source("report.pdf", data=make())
    with pytest.raises(SourceError) as caught:  # the time limit counts here, not its length
        read_apart(
            "budgetcli.readers.pdf", source, ReadOptions(), next=say("x"), limits=Limits(step=0.5)
        )
    assert "report.pdf" in str(caught.value)


def test_a_drawing_that_draws_itself_ends() -> None:
    loop = stream(
        b"/X0 Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X0 6 0 R >> >>",
    )
    content = ruled(XS, YS) + filled(XS, YS, CELLS) + b"/X0 Do"
    [table] = read(pages(content, resources=b"/XObject << /X0 6 0 R >>", more=[loop]))
    assert table.rows == CELLS


def test_a_page_tree_that_holds_itself_ends() -> None:
    tree = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
    assert "no pages" in refusal(document([b"<< /Type /Catalog /Pages 2 0 R >>", tree]))


def test_a_map_is_read_as_text_and_said() -> None:
    drawing = b"".join(
        rule(x * 12, y * 5, x * 12 + 7, y * 5) for x in range(50) for y in range(150)
    )
    tables = read(pages(drawing + plain_rows()))
    assert all("too many rules" in said(table) for table in tables)
    assert tables
