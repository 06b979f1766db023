"""Which rows are totals, which only look like it, and what a reader is told of them."""

from __future__ import annotations

from collections.abc import Sequence

from budgetcli.model import Row
from budgetcli.recognise.levels import Levels, find_levels
from tests.recognise.rows import LABELS, QUANTUM, rows_of


def levels(rows: Sequence[Row]) -> Levels:
    names = [tuple(row.labels.get(name, "") for name in LABELS) for row in rows]
    used = [any(cells[n] for cells in names) for n in range(len(LABELS))]
    kept = [tuple(c for c, keep in zip(cells, used, strict=True) if keep) for cells in names]
    return find_levels(rows, kept, QUANTUM, 0)


def covers(text: str) -> dict[int, tuple[int, ...]]:
    """The leaves (by number) each total covers, by the total's row."""
    rows = rows_of(text)
    return {rows.index(total.row): total.covers for total in levels(rows).totals}


def test_a_total_says_by_what_it_is_one() -> None:
    by_name = levels(rows_of("가 100 7\n나 200 5\n계 300 12"))
    by_code = levels(rows_of("10 300 12\n1010 100 7\n1020 200 5"))
    by_sum = levels(rows_of("갑 300123 1201\n가 100100 701\n나 200023 500"))
    reasons = [str(found.totals[0].reason) for found in (by_name, by_code, by_sum)]
    assert reasons == [
        "its name says so",
        "its code begins the codes of the rows it sums",
        "it equals the sum of the rows beside it in every amount column",
    ]


def said_of_groups(count: int) -> str:
    groups = (
        f"실{n} {30_123 + n} {1_201 + n}\n과{n} {10_100 + n} {701}\n과{n}나 20023 {500 + n}"
        for n in range(count)
    )
    (entry,) = levels(rows_of("\n".join(groups))).evidence
    assert (entry.step, entry.aloud) == ("totals", True)
    return str(entry.message)


def test_six_totals_that_no_word_announces_are_named_and_more_are_counted() -> None:
    six = "실0, 실1, 실2, 실3, 실4, 실5"
    assert said_of_groups(1) == "1 row equals the sum of others and was taken for a total: 실0"
    assert said_of_groups(6).endswith(
        f"6 rows equal the sum of others and were taken for totals: {six}"
    )
    assert said_of_groups(7).endswith(f": {six}, ...")


def test_a_total_that_has_a_code_and_no_name_is_told_by_a_question_mark() -> None:
    codes = [("10",), ("1010",), ("1020",)]
    rows = [row._replace(labels={}) for row in rows_of("실 300 12\n과 100 7\n과 200 5")]
    told = find_levels(rows, codes, QUANTUM, 0).evidence[0]
    assert str(told.message).endswith("taken for a total: ?")


def test_no_rows_have_no_totals() -> None:
    assert find_levels([], [], QUANTUM, 0) == Levels((), (), ())


def test_of_rows_that_are_all_called_totals_the_grand_ones_sum_the_others() -> None:
    assert covers("총계 300 90\n소계 100 40\n소계 200 50\n총계 300 90") == {0: (0, 1), 3: (0, 1)}


def test_a_row_that_lacks_the_innermost_of_three_names_sums_those_that_have_it() -> None:
    first = "갑/가/ㄱ 100 70\n갑/가/ㄴ 200 50\n갑/가 300 120\n"
    assert covers(f"{first}갑/나/ㄷ 500 90\n갑/나/ㄹ 50 5\n갑/나 550 95\n을/다/ㅁ 7 5") == {
        2: (0, 1),
        5: (2, 3),
    }


def test_a_total_that_counts_a_right_subtotal_twice_is_wrong() -> None:
    rows = rows_of("가 100 70\n나 200 50\n소계 300 120\n다 50 5\n총계 650 245")
    found = levels(rows)
    assert [total.covers for total in found.totals] == [(0, 1), (0, 1, 2)]
    assert [finding.printed for finding in found.findings] == [650, 245]


def test_a_subtotal_printed_as_nothing_stays_one_where_the_total_does_without_it() -> None:
    found = covers("가 100 70\n나 200 50\n소계 0 0\n다 50 5\n총계 350 125")
    assert found == {2: (0, 1), 4: (0, 1, 2)}


def test_rows_in_which_others_were_added_up_are_no_totals_of_codes() -> None:
    rows = rows_of("10 300 12\n1010 100 7\n1020 200 5")
    merged = [rows[0], rows[1], rows[2]._replace(merged=2)]
    assert levels(merged).totals == ()


def test_a_grand_total_covers_all_rows_even_where_fewer_would_do() -> None:
    assert covers("갑/가 0 0\n을/나 500 50\n을/다 700 70\n총계 1200 120")[3] == (0, 1, 2)


def test_totals_without_an_amount_are_not_said_to_be_equal() -> None:
    for nothing in ("0 0", "- -"):
        rows = rows_of(f"가 {nothing}\n소계 {nothing}\n나 {nothing}\n소계 {nothing}\n다 7 5")
        assert levels(rows).evidence == ()


def test_equal_totals_over_other_rows_may_be_the_same_money() -> None:
    rows = rows_of("가 100 70\n나 200 50\n소계 300 120\n다 250 110\n라 50 10\n소계 300 120")
    (entry,) = levels(rows).evidence
    assert entry.step == "totals"
    assert str(entry.message).startswith("2 totals are equal")


def test_a_subtotal_and_the_total_of_it_and_nothing_else_are_not_the_same_money_twice() -> None:
    rows = rows_of("가 100 70\n나 200 50\n소계 300 120\n다 0 0\n총계 300 120")
    assert levels(rows).evidence == ()


def test_groups_of_few_figures_with_which_the_total_does_not_come_out_either_are_none() -> None:
    assert covers("계 99 45\n실 60 21\n가 40 11\n나 20 10\n다 9 4") == {0: (0, 1, 2, 3)}


def test_a_disagreement_says_what_may_explain_it() -> None:
    found = levels(rows_of("가 100 70\n나 200 -\n계 301 99")).findings
    assert [(finding.printed, finding.computed, str(finding.message)) for finding in found] == [
        (301, 300, "the printed total and its 2 parts differ by rounding alone"),
        (99, 70, "the printed total differs from its 2 parts, 1 of which are unknown"),
    ]
    (wrong,) = levels(rows_of("가 100 70\n나 200 50\n계 999 120")).findings
    assert str(wrong.message) == "the printed total differs from the sum of its 2 parts"
