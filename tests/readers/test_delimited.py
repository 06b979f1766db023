"""Delimited text: told by content, in every encoding and dialect officers have."""

from __future__ import annotations

import pytest

from budgetcli.errors import SourceError
from budgetcli.model import RawTable
from budgetcli.readers import ReadOptions, Source, family_of, read
from budgetcli.readers.delimited import read_head

TABLE = '부서,예산현액\n경제과,"1,234"\n창조산업과,567\n'
ROWS = (("부서", "예산현액"), ("경제과", "1,234"), ("창조산업과", "567"))


def only(data: bytes, encoding: str | None = None) -> RawTable:
    (table,) = read(Source("t.dat", data=data), ReadOptions(encoding))
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-32"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    assert only(TABLE.encode(encoding)).rows == ROWS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding: str) -> None:
    table = "division,budget\nA,1\nB,2\n"
    assert only(table.encode(encoding)).rows[0] == ("division", "budget")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_may_begin_in_hangul(encoding: str) -> None:
    table = "부서,예산현액\n가과,1000000\n나과,2000000\n"
    assert only(table.encode(encoding)).rows[0] == ("부서", "예산현액")


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_what_parts_the_cells_is_found_out(mark: str) -> None:
    text = "\n".join(
        mark.join(row) for row in (("가", "나", "다"), ("과", "1", "2"), ("국", "3", "4"))
    )
    assert only(text.encode()).rows[1] == ("과", "1", "2")


def test_a_wikis_double_bars_part_the_header_like_its_rows() -> None:
    table = only("|| 부서 || 예산 ||\n| 가과 | 1,234 |\n| 나과 | 5 |\n".encode())
    assert {len(row) for row in table.rows} == {4}
    assert table.rows[0][1].strip() == "부서"


def test_commas_that_group_digits_between_bars_part_nothing() -> None:
    drawn = "| 부서 | 예산 | 지출 |\n|----+----+----|\n| 가과 | 1,234 | 1,000 |\n"
    assert family_of(Source("t", data=drawn.encode())).name == "text"


def test_decimal_commas_between_blanks_part_nothing() -> None:
    copied = (
        "Capítulo Crédito Pagos\nObras, vías 1.234,50 € 980,25 €\nSalud 2.345,00 € 1.000,10 €\n"
    )
    assert family_of(Source("t", data=copied.encode())).name == "text"


def test_a_decimal_comma_at_the_end_of_aligned_lines_parts_nothing() -> None:
    text = "Kapitola   Rozpočet  % RU\nDoprava     765 000  85,2\nŠkolství    120 500  40,0\n"
    assert family_of(Source("t", data=text.encode())).name == "text"


def test_short_numbers_between_commas_are_cells() -> None:
    text = "div,budget,spent\nA, B,12,5\nC, D,34,10\n"
    assert only(text.encode()).rows[1] == ("A", " B", "12", "5")


def test_a_comma_inside_amounts_does_not_part_tabs() -> None:
    text = "부서\t예산\t지출\n가과\t1,234\t1,000\n나과\t5,678\t2,000\n"
    assert only(text.encode()).rows[1] == ("가과", "1,234", "1,000")


def test_a_decimal_comma_does_not_part_semicolons() -> None:
    text = "odbor;rozpočet;skutečnost\nA;1234,5;1000,5\nB;5678,5;2000,5\n"
    assert only(text.encode()).rows[1] == ("A", "1234,5", "1000,5")


def test_title_and_unit_lines_do_not_hide_the_dialect() -> None:
    text = '예산\n"(단위 : 백만원, 2024. 7. 31. 기준)"\n부서,예산,지출\n가과,1,2\n나과,3,4\n'
    assert only(text.encode()).rows[3] == ("가과", "1", "2")


def test_rows_keep_their_line_numbers_over_quoted_line_breaks() -> None:
    table = only('부서,예산\n"가\n과",1\n나과,2\n'.encode())
    assert table.lines == (1, 2, 4)
    assert table.place(2).row == 4


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("latin-1", "Educación"),
        ("latin-1", "Câmara e Dotação"),
        ("latin-1", "Dotação"),
        ("cp1252", "Année à venir: forêts"),
        ("cp1252", "Größe"),
        ("cp1252", "Care £000"),
        ("cp1250", "Školství"),
        ("cp1250", "Rozpočet po změnách"),
        ("cp1250", "Wydział Budżetu"),
    ],
)
def test_an_encoding_is_told_by_letters_that_one_alone_makes_a_language_of(
    encoding: str, name: str
) -> None:
    table = only(f"Unit,Budget\n{name},1\n".encode(encoding))
    assert table.rows[1] == (name, "1")


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250"])
def test_an_encoding_that_letters_do_not_tell_is_asked_for_with_both_readings(
    encoding: str,
) -> None:
    data = "Unit,Budget\nDépartement mère,1\n".encode("cp1252")
    with pytest.raises(SourceError, match="letters do not tell") as refused:
        only(data)
    assert "in cp1250: Département, mčre" in str(refused.value)
    assert "name it: --encoding cp1252 or --encoding cp1250" in str(refused.value)
    assert only(data, encoding=encoding).rows[1][0] == data.decode(encoding).split("\n")[1][:-2]


def test_korean_beside_latin_letters_stays_korean() -> None:
    assert only("부서,예산\nLG社와 A과,1\n".encode("cp949")).rows[1][0] == "LG社와 A과"


def test_a_wrong_encoding_names_the_byte() -> None:
    with pytest.raises(SourceError, match="byte") as refused:
        only(TABLE.encode("cp949"), encoding="utf-8")
    assert "byte 1 is not utf-8" in str(refused.value)


def test_a_later_character_decides_where_the_head_does_not() -> None:
    filler = "과,1\n".replace("과", "division") * 8000
    assert only((f"부서,예산\n{filler}가과,2\n").encode("cp949")).rows[-1] == ("가과", "2")


@pytest.mark.parametrize("opened", ['"나과,3,4', '나과,3,"4', '나과,"3 ""x"",4'])
def test_rows_are_never_lost_behind_a_quotation_mark_that_is_not_closed(opened: str) -> None:
    text = f"부서,예산,지출\n가과,1,2\n{opened}\n다과,5,6\n"
    with pytest.raises(SourceError, match="line 3 opens a quotation mark and no later one"):
        only(text.encode())


@pytest.mark.parametrize("last", ['"나과",3,"4"', '"나과",3,4\n', '나과,3,"4\n"\n', '나"과,3,4'])
def test_a_last_line_whose_quotation_marks_are_closed_is_read(last: str) -> None:
    assert len(only(f"부서,예산,지출\n가과,1,2\n{last}".encode()).rows) == 3


def test_a_head_may_end_inside_quotation_marks() -> None:
    (head,) = read_head(Source("t", data='부서,예산\n가과,1\n"나\n'.encode()), ReadOptions())
    assert head.rows[1] == ("가과", "1")


def test_a_cell_of_a_million_characters_is_refused() -> None:
    text = "부서,예산\n" + '"가과,1\n' + "나과,2\n" * 200_000
    with pytest.raises(SourceError, match="cells"):
        only(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        " 부서 | 예산 \n------+------\n 가과 |  100 \n 나과 |  200 \n",
        "+------+------+\n| 부서 | 예산 |\n+------+------+\n| 가과 | 100  |\n+------+------+\n",
        "경제과 129,652 96,247\n일자리과 253,003 171,011\n창업과 67,296 56,211\n",
    ],
)
def test_drawn_and_blank_parted_tables_are_left_to_the_text_reader(text: str) -> None:
    assert family_of(Source("t", data=text.encode())).name == "text"


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 40, bytes(range(256)), b"\x7fELF\x02\x01"])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(SourceError, match="no format that can be read"):
        family_of(Source("t", data=data))


@pytest.mark.parametrize("mark", [b"\n", b"\r"])
def test_a_line_of_millions_of_cells_is_refused_and_many_short_ones_are_not(mark: bytes) -> None:
    rows = b"a,b\n" + b"x,1\n" * 600_000
    assert len(only(rows.replace(b"\n", mark)).rows) == 600_001
    with pytest.raises(SourceError, match="a line of more than 1 MB"):
        only(rows.replace(b"\n", mark) + b"1," * 700_000)


def test_bullets_with_commas_in_their_sentences_are_text() -> None:
    text = "ㅇ 예산 : 300백만원(가 100, 나 150, 다 50)\nㅇ 참석 : 3명(가 1, 나 1, 다 1)\n"
    assert family_of(Source("a.txt", data=text.encode())).name == "text"


def test_a_table_whose_names_have_bullets_is_a_table() -> None:
    text = "부서,예산,지출\nㅇ 가과,100,50\nㅇ 나과,200,40\n"
    assert family_of(Source("a.csv", data=text.encode())).name == "delimited"


@pytest.mark.parametrize("encoding", [None, "cp949"])
def test_the_mark_dos_writes_at_the_end_is_no_row(encoding: str | None) -> None:
    data = "부서,예산현액\r\n가과,12\r\n\x1a".encode("cp949")
    (table,) = read(Source("dos.csv", data=data), ReadOptions(encoding))
    assert table.rows == (("부서", "예산현액"), ("가과", "12"))
