"""HWPX: grids, spans, text around tables, and packages that are broken, locked or hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.model import RawTable, Span
from budgetcli.readers import ReadOptions, Source
from budgetcli.readers.hangul import hwpx

SPACE = "http://www.hancom.co.kr/hwpml/2011/paragraph"


def package(*sections: str, parts: Mapping[str, str | bytes] = {}) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        for number, section in enumerate(sections):
            xml = f'<hs:sec xmlns:hs="urn:section" xmlns:hp="{SPACE}">{section}</hs:sec>'
            archive.writestr(f"Contents/section{number}.xml", xml)
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes) -> list[RawTable]:
    return hwpx.read(Source("report.hwpx", data=data), ReadOptions())


def one(*sections: str) -> RawTable:
    (table,) = read(package(*sections))
    return table


def p(text: str) -> str:
    return f"<hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p>"


def cell(inside: str, row: int, column: int, rows: int = 1, columns: int = 1) -> str:
    inside = inside if inside.startswith("<hp:p>") else p(inside)
    return (
        f"<hp:tc><hp:subList>{inside}</hp:subList>"
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/></hp:tc>'
    )


def tbl(*rows: str, caption: str = "") -> str:
    lines = "".join(f"<hp:tr>{row}</hp:tr>" for row in rows)
    return f"<hp:p><hp:run><hp:tbl>{caption}{lines}</hp:tbl></hp:run></hp:p>"


def plain(*rows: tuple[str, ...]) -> str:
    return tbl(
        *(
            "".join(cell(text, row, column) for column, text in enumerate(texts))
            for row, texts in enumerate(rows)
        )
    )


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert caught.value.where == "report.hwpx"
    return str(caught.value)


# grids


def test_a_merged_cell_stands_at_its_anchor_and_is_recorded() -> None:
    table = one(
        tbl(
            cell("구분", 0, 0, rows=2) + cell("집행률", 0, 1, columns=2),
            cell("원인", 1, 1) + cell("지출", 1, 2),
        )
    )
    assert table.rows == (("구분", "집행률", ""), ("", "원인", "지출"))
    assert table.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))


def test_cells_go_where_their_addresses_say_not_where_they_are_written() -> None:
    table = one(tbl(cell("b", 0, 1) + cell("a", 0, 0), cell("d", 1, 1)))
    assert table.rows == (("a", "b"), ("", "d"))


def test_a_span_past_the_last_row_ends_with_the_table() -> None:
    table = one(tbl(cell("a", 0, 0, rows=9) + cell("b", 0, 1), cell("c", 1, 1)))
    assert table.rows == (("a", "b"), ("", "c"))
    assert table.spans == (Span(0, 0, 2, 1),)


def test_cells_without_addresses_are_taken_in_order() -> None:
    bare = "<hp:tc><hp:subList>{}</hp:subList><hp:cellSpan rowSpan='{}'/></hp:tc>"
    rows = (bare.format(p("a"), 2) + bare.format(p("b"), 1), bare.format(p("c"), "x"))
    table = one(tbl(*rows))
    assert table.rows == (("a", "b"), ("", "c"))
    assert table.evidence[0].aloud


def test_contradicting_addresses_lose_no_cell() -> None:
    table = one(tbl(cell("a", 0, 0) + cell("b", 0, 0), cell("c", 0, 0) + cell("d", 0, 1)))
    assert table.rows == (("a", "b"), ("c", "d"))
    assert [evidence.step for evidence in table.evidence] == ["cells"]


def test_an_address_below_the_last_row_is_not_believed() -> None:
    table = one(tbl(cell("a", 0, 0), cell("b", 60_000, 0)))
    assert table.rows == (("a",), ("b",))
    assert table.evidence[0].aloud


def test_marked_header_rows_are_told() -> None:
    table = one(tbl(cell("a", 0, 0).replace("<hp:tc>", '<hp:tc header="1">'), cell("1", 1, 0)))
    assert str(table.evidence[0].message) == "the document marks 1 header row"


def test_a_table_without_cells_is_none() -> None:
    assert read(package(tbl() + p("text"))) == []


# text


def test_inline_marks_become_spaces_and_lines() -> None:
    inside = p(
        "가<hp:fwSpace/>나<hp:nbSpace/>다<hp:tab width='4'/>라<hp:lineBreak/>마<hp:hyphen/>1"
    )
    assert one(tbl(cell(inside, 0, 0))).rows == (("가 나 다 라\n마-1",),)


def test_paragraphs_of_a_cell_are_lines_and_runs_are_not() -> None:
    inside = "<hp:p><hp:run><hp:t>1,2</hp:t></hp:run><hp:run><hp:t>34</hp:t></hp:run></hp:p>"
    assert one(tbl(cell(inside + p("5") + p(""), 0, 0))).rows == (("1,234\n5",),)


@pytest.mark.parametrize("aside", ["footNote", "endNote", "hiddenComment", "fieldBegin"])
def test_notes_are_no_part_of_a_cell(aside: str) -> None:
    note = f"<hp:ctrl><hp:{aside}><hp:subList>{p('주석')}</hp:subList></hp:{aside}></hp:ctrl>"
    inside = f"<hp:p><hp:run><hp:t>1,</hp:t>{note}<hp:t>234</hp:t></hp:run></hp:p>"
    assert one(tbl(cell(inside, 0, 0))).rows == (("1,234",),)


def test_a_table_in_a_note_or_a_page_header_is_no_table_of_the_document() -> None:
    header = (
        f"<hp:p><hp:run><hp:ctrl><hp:header>{plain(('x',))}</hp:header></hp:ctrl></hp:run></hp:p>"
    )
    assert one(header + plain(("a",))).rows == (("a",),)


def test_text_marked_as_deleted_is_left_out_and_said() -> None:
    inside = p("<hp:deleteBegin/>1,000<hp:deleteEnd/><hp:insertBegin/>2,000<hp:insertEnd/>")
    table = one(tbl(cell(inside, 0, 0) + cell("3", 0, 1)))
    assert table.rows == (("2,000", "3"),)
    assert [evidence.step for evidence in table.evidence] == ["text"]


def test_overlaid_characters_and_numbers_are_text() -> None:
    inside = '<hp:p><hp:run><hp:compose composeText="㉮"/><hp:t>예산</hp:t></hp:run></hp:p>'
    assert one(tbl(cell(inside, 0, 0))).rows == (("㉮예산",),)


# around tables


def test_the_lines_around_a_table_are_kept_in_order() -> None:
    table = one(p("예   산") + p("") + p("(단위 : 백만원)") + plain(("a", "b")) + p("※ 주"))
    assert table.before == ("예   산", "(단위 : 백만원)")
    assert table.after == ("※ 주",)


def test_a_line_between_two_tables_belongs_to_both_and_none_beyond() -> None:
    first, second = read(package(p("가") + plain(("a", "b"), ("c", "d")) + p("나") + plain(("e",))))
    assert (first.before, first.after) == (("가",), ("나",))
    assert second.before == ("나",)
    assert (first.number, second.number, first.alone) == (1, 2, False)


def test_a_title_framed_by_a_table_stands_before_the_next_table() -> None:
    frame = tbl(cell("", 0, 0) + cell("", 0, 1), cell("Ⅰ", 1, 0) + cell("예산 현황", 1, 1))
    _, table = read(package(frame + p("(단위 : 원)") + plain(("a", "b"), ("1", "2"))))
    assert table.before == ("Ⅰ", "예산 현황", "(단위 : 원)")


@pytest.mark.parametrize(("side", "where"), [("TOP", "before"), ("BOTTOM", "after")])
def test_a_caption_is_told_on_its_side(side: str, where: str) -> None:
    number = (
        '<hp:p><hp:run><hp:t>표 </hp:t><hp:ctrl><hp:autoNum num="3"/></hp:ctrl></hp:run></hp:p>'
    )
    caption = f'<hp:caption side="{side}"><hp:subList>{number}</hp:subList></hp:caption>'
    assert getattr(one(tbl(cell("a", 0, 0), caption=caption)), where) == ("표 3",)


def test_a_picture_s_caption_is_no_table_s() -> None:
    picture = f"<hp:p><hp:run><hp:pic><hp:caption>{p('그림')}</hp:caption></hp:pic></hp:run></hp:p>"
    assert one(picture + plain(("a", "b"))).before == ("그림",)


def test_text_in_a_box_is_a_line() -> None:
    box = f"<hp:p><hp:run><hp:rect><hp:drawText>{p('제목')}</hp:drawText></hp:rect></hp:run></hp:p>"
    assert one(box + plain(("a", "b"))).before == ("제목",)


# nested tables


def test_an_inner_table_follows_the_outer_one_which_keeps_its_own_text() -> None:
    inner = plain(("x", "y"), ("1", "2"))
    outer, nested, last = read(
        package(tbl(cell(p("위") + inner + p("아래"), 0, 0) + cell("옆", 0, 1)) + plain(("z",)))
    )
    assert outer.rows == (("위\n\n아래", "옆"),)
    assert nested.rows == (("x", "y"), ("1", "2"))
    assert (nested.before, nested.after) == (("위",), ("아래",))
    assert (nested.number, last.rows) == (2, (("z",),))


def test_the_title_of_an_inner_table_may_stand_in_or_before_the_outer_one() -> None:
    inner = plain(("x", "y"), ("1", "2"))
    _, nested = read(package(p("제목") + tbl(cell("(단위 : 천원)", 0, 0), cell(inner, 1, 0))))
    assert nested.before == ("제목", "(단위 : 천원)")


def test_a_thousand_tables_inside_each_other_are_read() -> None:
    start, end = tbl(cell("<hp:p>|</hp:p>", 0, 0)).split("|")
    assert len(read(package(start * 1000 + p("x") + end * 1000))) == 1000


# sections


def test_sections_are_read_by_number_not_by_name() -> None:
    tables = read(package(*(plain((str(n),)) for n in range(11))))
    assert [table.rows[0][0] for table in tables] == [str(n) for n in range(11)]


def test_the_spine_decides_the_order_of_sections() -> None:
    spine = """<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:manifest>
        <opf:item id="a" href="Contents/section0.xml"/><opf:item id="b" href="section1.xml"/>
        </opf:manifest><opf:spine><opf:itemref idref="b"/><opf:itemref idref="a"/></opf:spine>
        </opf:package>"""
    data = package(plain(("0",)), plain(("1",)), parts={"Contents/content.hpf": spine})
    assert [table.rows for table in read(data)] == [(("1",),), (("0",),)]


# broken, locked, hostile


def test_a_truncated_package_is_damaged() -> None:
    assert "damaged or cut short (it ends too early)" in refusal(package(plain(("a",)))[:-40])


def test_a_truncated_section_is_damaged() -> None:
    assert "section0.xml" in refusal(package(parts={"Contents/section0.xml": "<sec><p>"}))


def test_a_package_without_sections_is_damaged() -> None:
    assert "no section" in refusal(package(parts={"Contents/header.xml": "<head/>"}))


def test_an_encrypted_package_is_named_as_such() -> None:
    manifest = "<m><file-entry><odf:encryption-data checksum='x'/></file-entry></m>"
    parts: dict[str, str | bytes] = {
        "Contents/section0.xml": b"\x8f\x01\xfe" * 99,
        "META-INF/manifest.xml": manifest,
    }
    said = refusal(package(parts=parts))
    assert "encrypted" in said
    assert "배포용" in said


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><s><p>&b;</p></s>'
    assert "document type" in refusal(package(parts={"Contents/section0.xml": bomb}))


@pytest.mark.parametrize("numbers", [(0, 0, 10**9, 1), (0, 0, 1, 10**9), (10**9, 0), (0, 10**99)])
def test_absurd_spans_and_addresses_are_refused(numbers: tuple[int, ...]) -> None:
    assert "more rows or columns" in refusal(package(tbl(cell("a", *numbers))))


def test_a_few_cells_far_apart_make_no_large_grid() -> None:
    far = tbl(cell("a", 0, 0), *[""] * 60_000, cell("b", 60_001, 4_000))
    assert "more rows" in refusal(package(far))


def test_overlapping_spans_without_addresses_make_no_large_grid() -> None:
    wide = '<hp:tc><hp:cellSpan rowSpan="60000" colSpan="4000"/></hp:tc>'
    assert "more rows" in refusal(package(tbl(*[wide] * 300)))


@pytest.mark.parametrize("part", ["<hp:p/>", "<hp:tbl/>", "<hp:footNote/>"])
def test_endless_small_parts_are_refused(part: str) -> None:
    assert "too large" in refusal(package(part * 700_000))


def test_a_section_that_inflates_beyond_the_limit_is_refused() -> None:
    assert "too large" in refusal(package(" " * (hwpx.MAX_BYTES + 1)))


def test_a_tag_without_end_is_refused() -> None:
    attributes = "".join(f' a{n}=""' for n in range(400_000))
    assert "too large" in refusal(package(f"<hp:p{attributes}/>"))


# real files


def test_the_seoul_report_reads_as_printed(real_file: Callable[[str], Path]) -> None:
    path = real_file("seoul_economic_office_2024/documents/budget.hwpx")
    (table,) = hwpx.read(Source(path.name, path=path), ReadOptions())
    assert table.rows[1] == ("", "", "", "", "원인행위액", "지출액")
    assert table.rows[2] == ("계", "685,068", "496,416", "463,697", "72.5", "67.7")
    assert len(table.rows) == 13
    assert Span(0, 4, 1, 2) in table.spans
    assert table.before == ("예   산", "(단위 : 백만원, ’24. 7. 31. 기준)")
