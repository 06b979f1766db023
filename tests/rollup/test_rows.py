"""A ledger converted as its rows go by is the table the small reader writes, byte for byte."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.analysis.canonical import canonical
from budgetcli.cli.output import OutputOptions
from budgetcli.cli.rows import RowsOutput
from budgetcli.errors import SourceError, TableError, UserError
from budgetcli.loading import LoadOptions, load, sources_of
from budgetcli.model import BudgetTable
from budgetcli.rollup import blocks, outline
from budgetcli.views import Page, find_format
from tests.rollup.test_one_answer import PLAN, Line, lines, names_no_unit, written

Names = Path | tuple[Path, ...]


def held(names: Names, format: str = "csv", **options: Any) -> bytes:
    """What is written of the rows held in memory."""
    table = load(*_several(names), options=LoadOptions(engine="memory", **options))
    report = canonical(table, provenance=True)
    drawn = find_format(format).draw(report, Page(decimals=max(1, report.decimals)))
    return drawn if isinstance(drawn, bytes) else drawn.encode()


def streamed(names: Names, format: str = "csv", **options: Any) -> bytes:
    """What is written of the rows that go by."""
    return _streamed(names, format, options)[0]


def told(names: Names, **options: Any) -> BudgetTable:
    """What holds for them."""
    return _streamed(names, "csv", options)[1]


def _streamed(names: Names, format: str, options: Any) -> tuple[bytes, BudgetTable]:
    out = _several(names)[0].with_suffix(".out")
    loading = LoadOptions(engine="duckdb", **options)
    output = OutputOptions(format, str(out))
    table = RowsOutput(sources_of(_several(names)), loading, output, provenance=True).write(())
    return out.read_bytes(), table


def _several(names: Names) -> tuple[Path, ...]:
    return names if isinstance(names, tuple) else (names,)


def refusal(names: Names, **options: Any) -> str:
    """Why they cannot be written as they go by."""
    with pytest.raises(UserError) as problem:
        streamed(names, **options)
    return str(problem.value.what)


Write = Callable[..., Path]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a ledger that is read by four rows, and give its path."""
    monkeypatch.setattr(blocks, "RECORDS", 4)
    monkeypatch.setattr(blocks, "_OBJECTS", 4)

    def put(text: str | bytes, name: str = "ledger.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


HEADER = "부서,세부사업,예산현액,지출액\n"
ROWS = "".join(f"{'가나다'[n % 3]}과,사업{n},{1000 + 7 * n},{3 * n}\n" for n in range(11))
DATED = "기준일,부서,예산현액,지출액\n"


def dated(day: str, count: int = 6) -> str:
    return "".join(
        f"{day},{name}과,{1000 + 7 * n},{n}\n" for n, name in enumerate("가나다라마바"[:count])
    )


REFUSALS = ("decimal mark", "left blank", "beside", "nothing but a name")
HEAD = [Line("예산과", "기금", "7,100,003", "3000017"), Line("국제과", "기금", "9400011", "123457")]


@PLAN
@given(rows=st.lists(lines.filter(names_no_unit), min_size=1, max_size=30), few=st.integers(3, 9))
def test_rows_that_go_by_are_written_as_rows_that_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[Line], few: int
) -> None:
    monkeypatch.setattr(blocks, "RECORDS", few)
    path = tmp_path / "ledger.csv"
    path.write_text(written([*HEAD, *rows]), encoding="utf-8")
    for format in ("csv", "jsonl"):
        try:
            found = streamed(path, format)
        except TableError as problem:
            assert any(word in str(problem) for word in REFUSALS)  # noqa: PT017 - a right answer too
            return
        assert found == held(path, format)


@pytest.mark.parametrize("format", ["csv", "tsv", "jsonl"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_encoding_is_read_packed_or_not(
    ledger: Write, format: str, encoding: str, packed: bool
) -> None:
    data = (HEADER + ROWS).encode(encoding)
    path = ledger(gzip.compress(data) if packed else data)
    assert streamed(path, format) == held(path, format)


def test_parquet_has_the_same_types_and_values(
    ledger: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetcli.views.parquet._GROUP", 6)
    path = ledger(HEADER + ROWS + "라과,끝,12.345,-\n라과,더,-,1.50\n")
    found, expected = (pq.read_table(pa.BufferReader(w(path, "parquet"))) for w in (streamed, held))
    assert found.schema == expected.schema
    assert found.equals(expected)


@pytest.mark.usefixtures("ledger")
def test_parquet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    texts = {"부서": ["가과"] * 11, "세부사업": list("abcdefghijk")}
    pq.write_table(pa.table({**texts, "예산현액": range(11), "지출액": [1.5] * 11}), path)
    assert streamed(path) == held(path)


def test_parquet_without_a_row_has_no_amounts(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(pa.table({"부서": pa.array([], pa.string())}), path)
    assert refusal(path) == "there is no row with amounts"


def test_a_damaged_parquet_file_is_told(ledger: Write) -> None:
    assert refusal(ledger(b"PAR1" + b"x" * 90)) == "the Parquet file cannot be read"


def lines_of(count: int, **more: object) -> str:
    return "".join(
        json.dumps({"부서": "가과", "세부사업": f"s{n}", "예산현액": n + 0.10, "지출액": n, **more})
        + "\n"
        for n in range(count)
    )


def test_json_lines_are_read_with_their_numbers_as_written(ledger: Write) -> None:
    swapped = '{"지출액": 5, "예산현액": 12345678901234567.25, "부서": "나과", "세부사업": "x"}\n'
    path = ledger(lines_of(9) + swapped, "ledger.jsonl")
    assert streamed(path) == held(path)
    assert b"12345678901234567.25" in streamed(path)


def test_a_key_that_lacks_is_a_blank_cell(ledger: Write) -> None:
    path = ledger(
        lines_of(9) + '{"부서": "나과", "세부사업": "x", "예산현액": 7}\n', "ledger.jsonl"
    )
    assert streamed(path) == held(path)


def test_a_key_that_only_the_first_lines_have_is_a_column(ledger: Write) -> None:
    more = lines_of(2) + lines_of(1, 이월액=7) + lines_of(6) + "\n" * 9
    path = ledger(more, "ledger.jsonl")
    assert streamed(path) == held(path)
    assert b"carried_over" in streamed(path)


def test_a_key_that_begins_further_down_is_refused(ledger: Write) -> None:
    path = ledger(lines_of(9) + lines_of(1, 이월액=7), "ledger.jsonl")
    assert "columns begin further down: 이월액" in refusal(path)


def test_lists_in_objects_are_no_rows_of_one_table(ledger: Write) -> None:
    path = ledger(lines_of(9) + lines_of(2, 월=[{"a": 1}, {"a": 2}]), "ledger.jsonl")
    assert "its objects hold lists of their own" in refusal(path)


def test_a_broken_line_is_told_by_its_number(ledger: Write) -> None:
    with pytest.raises(SourceError, match="line 11, column 1"):
        streamed(ledger(lines_of(10) + "}{\n", "ledger.jsonl"))


def test_what_folders_say_is_a_column(ledger: Write) -> None:
    one = ledger(HEADER + ROWS, "year=2023/a.csv")
    other = ledger(HEADER + ROWS, "year=2024/b.csv")
    table = told((one, other))
    assert (table.fiscal_year, table.counts.used) == (2024, 11)


def test_files_are_written_one_after_the_other(ledger: Write) -> None:
    one = ledger(DATED + dated("20240731"), "a.csv")
    other = ledger("기준일,지출액,예산현액,부서\n20240731,5,9,사과\n", "b.csv")
    assert streamed((one, other)) == held((one, other))


def test_the_tenth_file_that_lacks_a_column_is_named(ledger: Write) -> None:
    files = [ledger(DATED + dated("20240731"), f"{n}.csv") for n in range(9)]
    files.append(ledger("기준일,부서,예산현액\n20240731,가과,7\n", "9.csv"))
    assert refusal(tuple(files)).startswith("it has no column 지출액")


TOTALS = "".join(
    f"{name}과,{n},{100 + n},{n}\n" + (f"{name}과,소계,303,3\n" if n == 2 else "")
    for name in "가나다라"
    for n in range(3)
)


@pytest.mark.parametrize("end", ["", "합계,,1212,12\n", "합계,,1211,12\n", "합계,,9999,12\n"])
def test_totals_are_left_out_or_kept_as_the_small_reader_does(ledger: Write, end: str) -> None:
    path = ledger(HEADER + TOTALS + end)
    assert streamed(path) == held(path)
    small = load(path, options=LoadOptions(engine="memory"))
    assert told(path).findings == small.findings
    assert told(path).counts == small.counts


def test_a_total_over_unknown_amounts_is_told_as_the_small_reader_does(ledger: Write) -> None:
    path = ledger(HEADER + ROWS + "가과,모름,-,7\n합계,,99999,172\n")
    assert told(path).findings == load(path, options=LoadOptions(engine="memory")).findings


def test_totals_of_finer_amounts_are_counted_in_their_units(ledger: Write) -> None:
    path = ledger(HEADER + TOTALS + "마과,끝,0.25,0.75\n합계,,1212.25,12.75\n")
    assert streamed(path) == held(path)


def test_more_totals_than_can_be_kept_are_refused(
    ledger: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outline, "MOST_TOTALS", 3)
    assert "more than 3 of its rows are totals" in refusal(ledger(HEADER + TOTALS))


def test_what_only_sounds_like_a_total_is_refused(ledger: Write) -> None:
    path = ledger(HEADER + ROWS + "소계,관리,55,1\n합계,,11440,166\n")
    assert "only the rows beside each other tell" in refusal(path)


def test_a_row_that_equals_the_sum_of_others_is_refused(ledger: Write) -> None:
    rows = "".join(f"가과,{n},{10012341 + n * 91237},{n * 13331}\n" for n in range(6))
    path = ledger(HEADER + ROWS + rows + "나과,전부,61442601,199965\n")
    assert "전부 equals the sum of the rows beside it" in refusal(path)


def test_a_row_whose_code_begins_others_is_refused_where_it_is_their_sum(ledger: Write) -> None:
    path = ledger("과목,예산현액,지출액\n10,300,30\n1010,100,10\n1020,200,20\n")
    assert "10 equals the sum of the rows beside it" in refusal(path)


def test_of_several_dates_the_last_is_written(ledger: Write) -> None:
    path = ledger(
        DATED + dated("20240630") + ",합계,6105,15\n" + dated("20240731", 5) + ",합계,1,1\n"
    )
    assert streamed(path) == held(path)
    expected = load(path, options=LoadOptions(engine="memory"))
    assert (told(path).as_of, told(path).counts) == (expected.as_of, expected.counts)
    assert any("2 rows state no date" in str(said.message) for said in told(path).evidence)


@pytest.mark.parametrize("day", ["2024-06-30", "2024-07-31"])
def test_a_date_that_is_asked_for_is_written(ledger: Write, day: str) -> None:
    from datetime import date

    path = ledger(DATED + dated("20240630") + dated("20240731", 5))
    wanted = date.fromisoformat(day)
    assert streamed(path, as_of=wanted) == held(path, as_of=wanted)


def test_a_date_that_nobody_states_is_refused_unless_there_is_only_one(ledger: Write) -> None:
    from datetime import date

    wanted = date(2024, 5, 31)
    two = ledger(DATED + dated("20240630") + dated("20240731", 5))
    assert refusal(two, as_of=wanted) == "it holds no rows of 2024-05-31"
    one = ledger(DATED + dated("20240630"), "one.csv")
    assert streamed(one, as_of=wanted) == held(one, as_of=wanted)


def test_a_printed_total_without_a_date_is_that_of_the_only_date(ledger: Write) -> None:
    for count, total in ((6, ",합계,6105,15\n"), (3, ",합계,3021,3\n")):
        path = ledger(DATED + dated("20240630", count) + total)
        assert streamed(path).splitlines()[-1].startswith("합계,".encode())
        assert streamed(path) == held(path)


def test_rows_are_chosen_by_a_column(ledger: Write) -> None:
    path = ledger(HEADER + ROWS)
    chosen = {"부서": ("나*",)}
    assert streamed(path, where=chosen) == held(path, where=chosen)
    assert "4 rows selected, 7 left out" in str(
        [str(said.message) for said in told(path, where=chosen).evidence]
    )
    assert refusal(path, where={"부서": ("하*",)}).startswith("no row fits")


def test_of_dates_the_last_in_which_a_row_fits_is_written(ledger: Write) -> None:
    path = ledger(DATED + dated("20240630") + dated("20240731", 3))
    chosen = {"부서": ("마*",)}
    assert streamed(path, where=chosen) == held(path, where=chosen)


def test_cells_that_are_no_amounts_are_counted_and_the_first_named(ledger: Write) -> None:
    bad = "".join(f"가과,b{n},없음{n // 3},1\n" for n in range(90))
    found = [f"{f.place}: {f.message}" for f in told(ledger(HEADER + ROWS + bad)).findings]
    assert found[0].endswith("ledger.csv:13: '없음0' is no amount")
    assert found[20].endswith("ledger.csv: '없음6' is no amount: in 1 row further down")
    assert found[21].endswith("'없음7' is no amount: in 3 rows further down")
    assert found[-1].endswith("12 more cells further down are no amounts")


def test_few_cells_that_are_no_amounts_are_told_as_the_small_reader_does(ledger: Write) -> None:
    path = ledger(HEADER + ROWS + "가과,b,없음,1_000\n가과,c,N/R,N/R\n가과,d,x,-\n")
    small = load(path, options=LoadOptions(engine="memory"))
    assert (told(path).findings, told(path).counts) == (small.findings, small.counts)


@pytest.mark.parametrize("rate", ["0.307", "30.70"])
def test_printed_rates_are_written_as_they_are_meant(ledger: Write, rate: str) -> None:
    rows = "".join(f"가과,s{n},1000,307,{rate}\n" for n in range(9))
    more = f"가과,x,1000,,-\n가과,y,1000,307,{rate}0\n"
    path = ledger(HEADER.replace("\n", ",집행률\n") + rows + more)
    assert streamed(path) == held(path)


def test_shares_among_rates_in_per_cent_are_refused(ledger: Write) -> None:
    rows = "".join(f"가과,s{n},1000,307,{'30.7' if n < 5 else '0.307'}\n" for n in range(9))
    path = ledger(HEADER.replace("\n", ",집행률\n") + rows)
    assert "집행률 holds shares and rates in per cent" in refusal(path)


def test_a_decimal_comma_below_a_head_that_tells_none_is_refused(ledger: Write) -> None:
    path = ledger(HEADER + ROWS + '가과,끝,"1.234,5",1\n')
    assert "its first rows do not tell the decimal mark of 예산현액" in refusal(path)


def test_a_header_that_repeats_titles_and_notes_are_no_rows(ledger: Write) -> None:
    titles = "세출 현황\n,,,(단위: 천원)\n"
    notes = "※ 자료: 예산과,,,\n" * 9
    path = ledger(titles + HEADER + ROWS + HEADER + "\n,,,\n" + ROWS + notes + "\x1a")
    assert streamed(path) == held(path)


def test_months_are_counted_over_all_rows(ledger: Write) -> None:
    rows = "".join(f"{n // 4 + 1},가과,s{n},{n + 100},{n}\n" for n in range(12))
    path = ledger("월," + HEADER + rows)
    assert any("3 different 월" in str(said.message) for said in told(path).evidence)


def test_commitments_that_are_told_by_two_columns_are_written(ledger: Write) -> None:
    rows = "".join(f"가과,s{n},1000,{n},{n * 2},{1000 - n * 3}\n" for n in range(1, 12))
    path = ledger("division,programme,budget,expenditures,encumbrances,available\n" + rows)
    assert b"committed" in streamed(path)
    assert streamed(path) == held(path)


YEARS = "부서,2022년 예산현액,2022년 지출액,2023년 예산현액,2023년 지출액\n가과,5,1,6,2\n"
UNITS = "".join(f"가과,s{n},{n},{n},{'천원' if n < 9 else '백만원'}\n" for n in range(11))
BLANK = "가과,,1,1\n나과,,2,2\n다과,,3,3\n라과,,4,4\n"
WIDER = HEADER.replace("\n", ",\n") + ROWS.replace("\n", ",\n") + "가과,끝,1,1,x\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + ROWS + ",남은,1,1\n", "a name or date is left blank"),
        (HEADER + ROWS.replace("사업7", "") + BLANK, "a name or date is left blank"),
        (HEADER + ROWS + "가과,열둘,1,1\n" + BLANK, "a name or date is left blank"),
        (HEADER + ROWS + ",,1,1\n", "a name or date is left blank"),
        (DATED + dated("20240731") + ",가과,1,1\n", "a name or date is left blank"),
        (DATED + dated("20240731") + "미정,가과,1,1\n", "기준일 cannot be read in some rows"),
        (HEADER + ROWS + "그 중: 인건비,x,5,1\n", "parts of the rows above them"),
        (HEADER + ROWS + "나머지,,,\n" + ROWS, "nothing but a name: 나머지"),
        ("부서,집행률\n가과,1.5\n나과,2.5\n", "none of its columns holds amounts"),
        (YEARS, "its years stand side by side as columns"),
        ("a||b||c\n1||2||3\n4||5||6\n", "double bars part its cells"),
        (HEADER.replace("\n", ",단위\n") + UNITS, "its rows are in several units"),
        (WIDER, "cells stand outside of the columns"),
    ],
)
def test_what_is_told_by_rows_beside_it_is_refused(ledger: Write, text: str, said: str) -> None:
    assert said in refusal(ledger(text))


def test_a_ragged_line_is_named(ledger: Write) -> None:
    assert refusal(ledger(HEADER + ROWS + "가과,1\n")) == "line 13 has 2 cells and not 4"
    assert refusal(ledger(HEADER + "가과,둘,1\n" + ROWS)) == "line 2 has 3 cells and not 4"


@pytest.mark.parametrize("kept", [40, -9])
def test_a_gzip_that_is_cut_is_told(ledger: Write, kept: int) -> None:
    path = ledger(gzip.compress((HEADER + ROWS * 9999).encode())[:kept])
    assert "damaged or incomplete" in refusal(path)


def test_a_gzip_that_is_cut_while_it_is_read_is_told(
    ledger: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger(gzip.compress((HEADER + ROWS * 300).encode())[:-9])
    monkeypatch.setattr(blocks, "RECORDS", 999)
    monkeypatch.setattr(blocks, "_undecoded", lambda *_: None)
    assert "damaged or incomplete" in refusal(path)


def test_decimals_that_only_later_rows_have_are_those_of_the_column(ledger: Write) -> None:
    path = ledger(HEADER + "가과,앞,1,1.5\n" + ROWS + "라과,끝,2.5,1\n")
    found, expected = (pq.read_table(pa.BufferReader(w(path, "parquet"))) for w in (streamed, held))
    assert found.schema == expected.schema
    assert found.equals(expected)


def test_korean_in_cp949_below_a_head_of_ascii_is_read(ledger: Write) -> None:
    ascii_rows = "".join(f"Office,p{n},{n + 1},1\n" for n in range(9000))
    head = f"division,programme,budget,spent\n{ascii_rows}"
    path = ledger(head.encode() + "예산과,끝,5,1\n".encode("cp949"))
    assert streamed(path).splitlines()[-1].startswith("예산과,끝,5".encode())


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("ascii", "byte 1 is not ascii"),
        ("klingon", "there is no encoding called klingon"),
    ],
)
def test_an_encoding_that_is_told_must_fit(ledger: Write, encoding: str, said: str) -> None:
    assert refusal(ledger(HEADER + ROWS), encoding=encoding) == said


def test_letters_of_no_known_encoding_are_told(ledger: Write) -> None:
    data = (HEADER + ROWS * 300).encode() + b"\xff\xff,x,1,1\n"
    assert "neither UTF-8 nor CP949" in refusal(ledger(data))
    data = b"division,budget\n\x81\xff\xfe\x80,2\n" * 9
    assert "neither UTF-8 nor CP949" in refusal(ledger(data))


def test_a_line_without_end_is_told(ledger: Write) -> None:
    path = ledger(HEADER + ROWS + "x" * 3_000_000)
    assert refusal(path) == "it has a line of more than 1 MB"


def test_how_many_bytes_are_read_is_told(ledger: Write) -> None:
    said: list[tuple[int, int | None]] = []
    one, other = ledger(HEADER + ROWS, "a.csv"), ledger(HEADER + ROWS, "b.csv")
    streamed((one, other), progress=lambda _what, done, total: said.append((done, total)))
    size = one.stat().st_size
    assert said[-1] == (2 * size, 2 * size)
    assert sorted(said) == said
