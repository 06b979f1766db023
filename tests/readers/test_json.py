"""JSON: which shapes are tables, what stands beside them, and numbers exactly as written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.errors import SourceError
from budgetcli.model import RawTable
from budgetcli.readers import ReadOptions, Source, family_of
from budgetcli.readers.json import read


def tables(text: str | bytes) -> list[RawTable]:
    data = text.encode() if isinstance(text, str) else text
    return read(Source("rows.json", data=data), ReadOptions())


def only(text: str | bytes) -> RawTable:
    (table,) = tables(text)
    return table


def test_numbers_stay_as_they_are_written() -> None:
    numbers = "[9223372036854775808123, 1e3, 30.70, 111746519346.43, -0, NaN, -Infinity]"
    assert only(f'[{{"a": {numbers[1:-1].split(",")[0]}}}]').rows[1] == ("9223372036854775808123",)
    assert only(f"[{numbers}]").rows == (
        ("9223372036854775808123", "1e3", "30.70", "111746519346.43", "-0", "NaN", "-Infinity"),
    )


def test_a_missing_key_and_null_are_empty_and_booleans_are_words() -> None:
    table = only('[{"a": 1, "b": null}, {"c": true, "a": ""}]')
    assert table.rows == (("a", "b", "c"), ("1", "", ""), ("", "", "true"))
    assert table.lines == (0, 1, 2)
    assert str(table.place(2)) == "rows.json:2"


def test_records_under_a_key_have_the_scalars_beside_them_as_siblings() -> None:
    table = only('{"laf_cd": "45", "name": "전주시", "asof": "20260821", "rows": [{"ep_amt": 1}]}')
    assert table.rows == (("ep_amt",), ("1",))
    assert table.siblings == {"laf_cd": "45", "name": "전주시", "asof": "20260821"}
    assert table.before == ("전주시",)


def test_the_portals_envelope_holds_one_table() -> None:
    head = '{"head": [{"list_total_count": 2}, {"RESULT": {"CODE": "INFO-000"}}]}'
    table = only(f'{{"QWGJK": [{head}, {{"row": [{{"a": 1}}, {{"a": 2}}]}}]}}')
    assert table.rows == (("a",), ("1",), ("2",))
    assert table.siblings == {}


def test_a_portals_refusal_is_shown() -> None:
    with pytest.raises(SourceError) as caught:
        tables('{"RESULT": {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."}}')
    assert "INFO-200" in str(caught.value)


def test_each_nested_group_is_a_table_with_its_title_totals_and_what_is_around_it() -> None:
    first, second = tables(
        '{"asof": "2026-03-17",'
        ' "a": {"label": "소비투자", "period": "1분기", "depts": [{"x": 1}], "all": {"x": 1}},'
        ' "b": {"label": "신속집행", "depts": [{"x": 2}]}}'
    )
    assert first.before == ("소비투자 1분기", "a › depts")
    assert first.siblings["asof"] == "2026-03-17"
    assert first.siblings["all.x"] == "1"
    assert second.siblings == {"asof": "2026-03-17", "label": "신속집행"}
    assert (first.number, second.number, first.alone) == (1, 2, False)


def test_objects_inside_records_become_dotted_columns() -> None:
    table = only('[{"d": {"code": "1", "name": {"ko": "과"}}, "tags": ["a", 2], "e": {}}]')
    assert table.rows == (
        ("d.code", "d.name.ko", "tags", "e"),
        ("1", "과", "a, 2", "{}"),
    )


def test_records_inside_records_are_tables_of_their_own() -> None:
    outer, inner = tables('[{"name": "A", "budget": 5, "items": [{"item": "x", "budget": 5}]}]')
    assert outer.rows == (("name", "budget"), ("A", "5"))
    assert inner.rows == (("item", "budget"), ("x", "5"))
    assert inner.siblings == {"name": "A", "budget": "5"}


def test_a_list_of_lists_has_its_header_first() -> None:
    table = only('[["부서", "예산"], ["A", 1]]')
    assert table.rows == (("부서", "예산"), ("A", "1"))
    assert str(table.place(1)) == "rows.json:2"


def test_a_header_beside_a_list_of_lists_is_found() -> None:
    table = only('{"columns": ["a", "b"], "index": [0, 1], "data": [[1, 2], [3, 4]]}')
    assert table.rows == (("a", "b"), ("1", "2"), ("3", "4"))


@pytest.mark.parametrize(
    "text",
    [
        '{"name": ["A", "B"], "budget": [1, 2]}',
        '{"name": {"0": "A", "1": "B"}, "budget": {"0": 1, "1": 2}}',
    ],
)
def test_columns_are_turned_into_rows(text: str) -> None:
    assert only(text).rows == (("name", "budget"), ("A", "1"), ("B", "2"))


def test_alike_objects_under_keys_are_rows_named_by_their_keys() -> None:
    table = only('{"asof": "2024", "depts": {"A": {"x": 1, "y": 2}, "B": {"x": 3, "y": 4}}}')
    assert table.rows == (("depts", "x", "y"), ("A", "1", "2"), ("B", "3", "4"))
    assert table.siblings == {"asof": "2024"}


def test_json_lines_keep_their_line_numbers() -> None:
    table = only('{"a": 1}\n\n{"a": 2}\r\n{"a": 3}')
    assert table.rows == (("a",), ("1",), ("2",), ("3",))
    assert table.lines == (0, 1, 3, 4)


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    assert only('\ufeff[{"a": 1}]').rows[1] == ("1",)
    assert only('[{"과": 1}]'.encode("utf-16")).rows[0] == ("과",)


def test_a_key_that_stands_twice_is_said_aloud() -> None:
    table = only('[{"a": 1, "a": 2}]')
    assert table.rows[1] == ("2",)
    assert any(item.aloud and "a" in str(item.message) for item in table.evidence)


def test_half_a_surrogate_pair_can_be_written() -> None:
    (cell,) = only('[{"a": "x\\ud800"}]').rows[1]
    assert cell.encode() == "x\ufffd".encode()


@pytest.mark.parametrize("text", ['{"a": 1, "b": 2}', "[]", "[1, 2]", '"a"', "{}", "{}\n{}"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no list of records"):
        tables(text)


def test_a_cut_off_file_names_the_place() -> None:
    with pytest.raises(SourceError) as caught:
        tables('[\n {"a": 1},\n {"a": ')
    assert "ends too early" in str(caught.value)
    assert "line 3, column 8" in str(caught.value)


@pytest.mark.parametrize("text", ['[{"a": 1},, {}]', "[{'a': 1}]", '[{"a": 01}]', '[{"a": 1}]]'])
def test_broken_json_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="not valid JSON"):
        tables(text)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "[" * 900 + "]" * 900, "[" * 60 + "]" * 60]
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert family_of(Source("x", data=text.encode())).name == "json"
    with pytest.raises(SourceError, match="deep"):
        tables(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" + "[]," * 9_000_000 + "[]]", "small values"),
        (json.dumps([{f"a{number}": 1} for number in range(20_000)]), "too large"),
        (json.dumps({f"a{number}": [{"b": 1}] for number in range(1_100)}), "tables"),
    ],
)
def test_json_that_would_fill_the_memory_is_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        tables(text)


@pytest.mark.parametrize("text", ["[1] 예산 현황\n본문", "[표 1] 예산", "{예산}"])
def test_text_in_brackets_is_not_json(text: str) -> None:
    assert family_of(Source("x", data=text.encode())).name != "json"


def test_early_execution_is_two_tables_of_28_departments(
    real_file: Callable[[str], Path],
) -> None:
    path = real_file("muju_early_execution/muju_exec_official.json")
    found = read(Source("muju.json", path=path), ReadOptions())
    assert [(len(table.rows), table.before[0]) for table in found] == [
        (30, "소비투자 1분기"),
        (30, "신속집행 상반기"),
    ]
    assert found[0].rows[1][:5] == ("기획조정실", "1238960000", "420461220", "459340000", "109.2")
    assert found[0].rows[-1][:2] == ("total", "361742513000")


def test_a_total_beside_the_rows_is_the_last_of_them() -> None:
    table = only('{"rows": [{"n": "A", "x": 1}, {"n": "B", "x": 2}], "total": {"x": 3}, "k": []}')
    assert table.rows == (("n", "x"), ("A", "1"), ("B", "2"), ("total", "3"))


def test_a_total_that_is_not_like_the_rows_is_none_of_them() -> None:
    table = only('{"rows": [{"n": "A", "x": 1, "y": 1}], "total": {"count": 3}}')
    assert (len(table.rows), table.siblings["total.count"]) == (2, "3")


def test_groups_of_objects_are_one_table_their_own_values_rows_without_an_inner_key() -> None:
    table = only(
        '{"data": {"실": {"x": 3, "가": {"x": 1, "y": 5}, "나": {"x": 2, "y": 5}},'
        ' "국": {"다": {"x": 4, "y": 5}}}}'
    )
    assert table.rows == (
        ("group", "key", "x", "y"),
        ("실", "", "3", ""),
        ("실", "가", "1", "5"),
        ("실", "나", "2", "5"),
        ("국", "다", "4", "5"),
    )


def test_keys_that_are_years_are_a_column_of_years() -> None:
    table = only('{"2023": {"A": {"x": 1}, "B": {"x": 2}}, "2024": {"A": {"x": 3}, "B": {"x": 4}}}')
    assert table.rows[0] == ("year", "key", "x")
    assert only('{"2023": {"x": 1}, "2024": {"x": 2}}').rows[0] == ("year", "x")


def test_records_with_alike_objects_inside_stay_records() -> None:
    table = only(
        '{"A": {"b": {"won": 1}, "s": {"won": 2}}, "B": {"b": {"won": 3}, "s": {"won": 4}}}'
    )
    assert table.rows[0] == ("key", "b.won", "s.won")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": {"1": "과", "2": "국", "3": "실", "4": "단", "5": "팀"}}', "no amount in it"),
        ('{"a": 1, "b": 2, "c": 3.5, "d": "x", "e": {"202401": 5}}', "4 numbers stand alone"),
    ],
)
def test_single_values_alone_are_no_table_and_what_they_are_is_said(text: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        tables(text)


def test_a_portals_columns_are_named_some_levels_away_from_its_rows() -> None:
    text = (
        '{"meta": {"view": {"columns": [{"name": "Dept"}, {"name": "Budget"}]}},'
        ' "data": [["Police", "10"], ["Fire", "20"]]}'
    )
    assert tables(text)[-1].rows == (("Dept", "Budget"), ("Police", "10"), ("Fire", "20"))


def test_columns_without_names_name_nothing() -> None:
    text = '{"columns": [{"size": 3}, {"name": "b"}], "data": [["Police", "10"]]}'
    assert ("Police", "10") in [row for table in tables(text) for row in table.rows]
    assert all(table.rows[0] != ("3", "b") for table in tables(text))
