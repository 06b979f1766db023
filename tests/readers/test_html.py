"""Pages: spans, what stands around a table, encodings, and markup as it is found in the wild."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.model import RawTable, Span
from budgetcli.readers import ReadOptions, Source, family_of, read


def tables(page: str | bytes, encoding: str | None = None) -> list[RawTable]:
    data = page.encode() if isinstance(page, str) else page
    return read(Source("page.xls", data=data), ReadOptions(encoding=encoding))


def rows(page: str) -> list[list[str]]:
    (table,) = tables(page)
    return [list(row) for row in table.rows]


@pytest.mark.parametrize("name", ["budget.html", "budget_euckr.html", "fake.xls"])
def test_the_printed_table_is_read_from_every_page(
    real_file: Callable[[str], Path], name: str
) -> None:
    path = real_file(f"seoul_economic_office_2024/documents/{name}")
    (table,) = read(Source(name, path=path))
    assert table.rows[0] == ("구   분", "예산현액", "원인행위액", "지출액", "집행률(%)", "")
    assert table.rows[1] == ("", "", "", "", "원인행위액", "지출액")
    assert table.rows[2] == ("계", "685,068", "496,416", "463,697", "72.5", "67.7")
    assert Span(0, 4, 1, 2) in table.spans
    assert Span(0, 0, 2, 1) in table.spans
    assert len(table.rows) == 13
    assert table.before[0] == "예 산"
    assert "백만원" in table.before[1]


def test_spans_push_later_cells_aside() -> None:
    page = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f</table>"
    assert rows(page) == [["a", "b", "", "c"], ["", "d", "e", "f"]]


def test_a_span_over_nothing_makes_no_columns_and_no_rows() -> None:
    (table,) = tables(
        "<table><tr><td>a<td>b<tr><td colspan=1000000000 rowspan=9999999999>c</table>"
    )
    assert table.rows == (("a", "b"), ("c", ""))
    assert table.spans == (Span(1, 0, 1, 2),)


def test_rowspan_zero_reaches_the_end_of_its_section() -> None:
    page = "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e</table>"
    assert rows(page) == [["a", "b"], ["", "c"], ["d", "e"]]


def test_cells_rows_and_sections_need_not_be_closed() -> None:
    assert rows("<table><thead><tr><th>a<th>b<tbody><tr><td>1<td>2") == [["a", "b"], ["1", "2"]]


def test_cells_without_a_row_start_one() -> None:
    assert rows("<table><td>a</td><td>b</td></table>") == [["a", "b"]]


def test_a_head_written_last_and_a_foot_written_first_are_shown_in_their_place() -> None:
    page = "<table><tfoot><tr><td>계<tbody><tr><td>과<thead><tr><td>부서</table>"
    (table,) = tables(page)
    assert [row[0] for row in table.rows] == ["부서", "과", "계"]
    assert any("browsers do" in str(item.message) for item in table.evidence)


def test_scripts_styles_and_comments_are_no_text() -> None:
    page = "<table><td>a<script>'<td>b'</script><style>x</style><!-- <td>c --></table>"
    assert rows(page) == [["a"]]


def test_hidden_rows_are_kept() -> None:
    page = "<table><tr style='display:none'><td>hidden<tr hidden><td>too</table>"
    assert rows(page) == [["hidden"], ["too"]]


def test_line_breaks_spaces_and_entities() -> None:
    page = "<table><td> a&nbsp;&nbsp;b <td>경제<br>\n정책과<td>x &lt;\n 1<td>&nbsp;<td>z</table>"
    assert rows(page) == [["a  b", "경제\n정책과", "x < 1", "", "z"]]


def test_quotation_marks_hide_the_end_of_a_tag() -> None:
    assert rows("<table><td title='a>b' data-colspan=2>c<td title=it's>d</table>") == [["c", "d"]]


def test_title_caption_and_notes_stand_around_the_table() -> None:
    page = (
        "<html><h2>예산</h2><p>(단위: 천원)</p>"
        "<table><caption>표 1</caption><tr><td>a<td>b<td>c</table><p>※ note</p>"
        "<h2>둘째</h2><table><tr><td>d<td>e<td>f</table>"
    )
    first, second = tables(page)
    assert first.before == ("예산", "(단위: 천원)", "표 1")
    assert first.after == ("※ note", "둘째")
    assert second.before == ("※ note", "둘째")
    assert (first.number, second.number, first.alone) == (1, 2, False)


def test_a_title_set_as_a_table_is_text_above_the_next_one() -> None:
    page = "<table><td>예산현황</table><p>(단위: 원)<table><td>a<td>b<td>c</table>"
    assert tables(page)[1].before == ("예산현황", "(단위: 원)")


def test_a_table_in_a_table_is_its_own() -> None:
    page = (
        "<table><tr><td>예산<tr><td>(단위: 원)<table><tr><td>a<td>b<td>c</table>after"
        "<tr><td>foot</table>"
    )
    outer, inner = tables(page)
    assert [row[0] for row in outer.rows] == ["예산", "(단위: 원)after", "foot"]
    assert inner.rows == (("a", "b", "c"),)
    assert inner.before == ("예산", "(단위: 원)")
    assert inner.after == ("after",)


def test_empty_tables_are_not_counted() -> None:
    page = "<table><td><img></table><table><tr><td>a</table>"
    (table,) = tables(page)
    assert (table.number, table.alone) == (1, True)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=euc-kr>", "cp949"),
        ('<META http-equiv=x content="text/html; charset=ks_c_5601-1987">', "cp949"),
        ('<meta charset="x-windows-949">', "cp949"),
        ("<meta charset=windows-1250>", "cp1250"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
        ("", "cp949"),
    ],
)
def test_the_encoding_is_the_mark_the_declaration_or_the_usual_order(
    head: str, encoding: str
) -> None:
    word = "Rozpočet" if encoding == "cp1250" else "쀍쎓 똠방각하"
    text = f"<html>{head}<table><tr><td>{word}<td>1</table>"
    if encoding == "cp949":
        text = text.replace("쀍쎓", "예산")
        word = word.replace("쀍쎓", "예산")
    assert tables(text.encode(encoding))[0].rows[0][0] == word


def test_a_wrong_declaration_is_said_aloud() -> None:
    (table,) = tables("<html><meta charset=euc-kr><table><td>예산<td>1</table>".encode())
    assert table.rows == (("예산", "1"),)
    assert table.evidence[0].aloud


def test_a_codec_that_is_no_text_encoding_is_not_taken_from_a_page() -> None:
    assert rows("<html><meta charset=unicode_escape><table><td>\\u0041</table>") == [["\\u0041"]]


def test_an_encoding_as_told_wins() -> None:
    page = "<html><meta charset=utf-8><table><td>Año</table>".encode("latin-1")
    assert tables(page, "latin-1")[0].rows == (("Año",),)


def test_excel_xml_is_read_with_its_places() -> None:
    page = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="집행"><Table>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">a &amp; b</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">6.85068E5</Data></Cell>'
        '<Cell><Data ss:Type="Number">30.699999999999999</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    (table,) = tables(page)
    assert table.rows == (("a & b", "", ""), ("", "", ""), ("", "685068", "30.7"))
    assert table.spans == (Span(0, 0, 1, 2),)
    assert table.sheet == "집행"


def test_a_cell_left_open_ends_with_its_sheet() -> None:
    page = (
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a">'
        "<Row><Cell><Data>1</Data></Cell><Cell><Worksheet></Cell><Row><Cell><Data>2</Data></Cell>"
    )
    assert [table.rows for table in tables(page)] == [(("1",),), (("2",),)]


def test_a_web_archive_is_read_as_its_page() -> None:
    page = (
        "From: <Saved>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="--x"\r\n\r\n'
        '----x\r\nContent-Type: text/html; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><table><tr><td>=EC=98=88=EC=82=B0<td co=\r\nlspan=3D1>1</table></html>\r\n"
        "----x--\r\n"
    )
    assert tables(page)[0].rows == (("예산", "1"),)


def test_a_page_cut_off_inside_a_tag_says_so() -> None:
    (table,) = tables("<table><tr><td>a<td>b<tr><td cla")
    assert any(item.aloud for item in table.evidence)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><p>no table here</p>", "no table"),
        ("<table><td>" * 200_000, "deep"),
        ("<table>" + "<td rowspan=9999 colspan=1000>" * 16 + "<tr><td>a" * 999, "cells"),
        ("<table>" + "<td colspan=1000>a" * 1_000, "wider"),
        ("<html>" + "<!--" * 1_000_000, "no table"),
        ("<html>" + '<a b="' * 1_000_000, "no table"),
        ("<table><td>" + "&#" + "9" * 2_000_000, "characters"),
        ("MIME-Version: 1.0\nContent-Type: text/html\n\n", "no table"),
        (
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>'
            + '<Row ss:Index="1048576" ss:Span="1000000"/>' * 9,
            "cells",
        ),
    ],
)
def test_hostile_pages_are_refused(page: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        tables(page)
    assert caught.value.where == "page.xls"


def test_a_reference_with_a_million_digits_is_one_unknown_character() -> None:
    assert rows("<table><td>a&#" + "9" * 900_000 + ";b</table>") == [["a\ufffdb"]]


def test_a_page_in_no_known_encoding_is_still_known_as_a_page() -> None:
    data = "<html><table><td>Año</table>".encode("latin-1")
    assert family_of(Source("x", data=data)).name == "html"
