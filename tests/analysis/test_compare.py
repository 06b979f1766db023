"""`compare`: the bridge adds up, who came and went, and when a difference is not to be trusted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetcli.analysis.compare import compare
from budgetcli.analysis.question import Question
from budgetcli.errors import TableError
from budgetcli.i18n import say, use_language
from budgetcli.model import BudgetTable
from budgetcli.report import Report
from budgetcli.views.numbers import Numbers
from tests.analysis.tables import table, tables

OLD = """부서,예산현액,원인행위액,지출액
가과,100,60,50
나과,200,90,80
다과,300,30,20
라과,400,40,40
마과,500,50,50
"""
NEW = """부서,예산현액,원인행위액,지출액
가과,110,80,70
나과,200,95,90
다과,300,200,170
라과,400,40,40
마과,500,60,60
"""


def dated(day: str, text: str, name: str = "table.csv", **hints: str) -> BudgetTable:
    return table(text, name, **hints)._replace(as_of=date.fromisoformat(day))


def june(text: str = OLD, **hints: str) -> BudgetTable:
    return dated("2024-06-30", text, "june.csv", **hints)


def july(text: str = NEW, **hints: str) -> BudgetTable:
    return dated("2024-07-31", text, "july.csv", **hints)


def changed(old: str, new: str, **asked: Any) -> Report:
    return compare(june(old), july(new), Question(target="20")._replace(**asked))


def row(report: Report, name: str) -> dict[str, Any]:
    (found,) = (row for row in report.rows if row["division"] == name)
    return dict(found)


def words(report: Report) -> list[str]:
    numbers = Numbers(report.context.scale, report.context.unit, 0)
    return [numbers.sentence(sentence) for sentence in report.headline]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def said(report: Report, code: str) -> str:
    (found,) = (finding for finding in report.findings if finding.code == code)
    return f"{found.place}: {found.message}"


# What changed


def test_both_sides_and_the_change_of_every_measure() -> None:
    found = row(changed(OLD, NEW), "가과")
    assert {
        key: found[key] for key in found if key.endswith(("_change", "_paid", "committed"))
    } == {
        "budget_change": 10,
        "newly_committed": 20,
        "newly_paid": 20,
        "unspent_change": -10,
        "uncommitted_change": -10,
        "unpaid_change": 0,
        "execution_rate_change": pytest.approx(13.6363636),
        "commitment_rate_change": pytest.approx(12.7272727),
        "rank_change": 0,
    }
    assert (found["unspent_old"], found["unspent_new"]) == (50, 40)
    assert (found["where_old"], found["where_new"]) == ("june.csv:2", "july.csv:2")


def test_ranks_gained_and_lost() -> None:
    report = changed(OLD, NEW)
    assert [(row["rank_old"], row["rank_new"], row["rank_change"]) for row in report.rows] == [
        (1, 1, 0),
        (2, 3, -1),  # 45 % was second to 50 %; now 다과 has 56.7 %
        (5, 2, 3),
        (3, 5, -2),  # 라과 and 마과 shared the third place
        (3, 4, -1),
    ]


def test_the_change_in_words() -> None:
    assert words(changed(OLD, NEW)) == [
        "2024-06-30 → 2024-07-31: spent +190 (16.0 → 28.5 %)",
        "unspent: 1,260 + 10 of budget − 190 paid = 1,080",
        "of it now: 1,035 uncommitted + 45 committed and unpaid",
        "moved most: 다과, +50.0 points (6.7 → 56.7 %)",
        "most money moved: 다과, +150",
        "caught up: 다과",
    ]


def test_on_commitments_the_words_are_about_them() -> None:
    said = words(changed(OLD, NEW, basis="committed"))
    assert said[0] == "2024-06-30 → 2024-07-31: committed +205 (18.0 → 31.5 %)"
    assert said[3:5] == [
        "moved most: 다과, +56.7 points (10.0 → 66.7 %)",
        "most money moved: 다과, +170",
    ]


def test_a_fall_is_said_with_its_sign() -> None:
    said = words(changed(NEW, OLD))
    assert said[:2] == [
        "2024-06-30 → 2024-07-31: spent −190 (28.5 → 16.0 %)",
        "unspent: 1,080 − 10 of budget + 190 paid = 1,260",
    ]
    assert said[-1] == "fell behind: 다과"


def test_one_division_alone_is_not_said_to_have_moved_most() -> None:
    said = words(changed("부서,예산현액,지출액\n가과,9,1\n", "부서,예산현액,지출액\n가과,9,2\n"))
    assert said == [
        "2024-06-30 → 2024-07-31: spent +1 (11.1 → 22.2 %)",
        "unspent: 8 + 0 of budget − 1 paid = 7",
        "caught up: 가과",
    ]


def test_without_payments_only_commitments_are_told() -> None:
    text = "부서,예산현액,원인행위액\n가과,10,5\n나과,10,{}\n"
    report = changed(text.format(1), text.format(9), basis="committed")
    assert words(report)[0] == "2024-06-30 → 2024-07-31: committed +8 (30.0 → 70.0 %)"
    assert len(words(report)) == 4
    assert not [column.key for column in report.columns if "spent" in column.key]


def test_what_one_of_the_two_has_no_column_for_is_not_shown() -> None:
    report = changed(OLD, "부서,예산현액,지출액\n가과,110,70\n나과,200,90\n")
    keys = [column.key for column in report.columns]
    assert not [key for key in keys if "commit" in key or "unpaid" in key]
    assert "newly_paid" in keys
    assert row(report, "가과")["newly_committed"] is None


def test_without_a_target_no_variance_is_shown() -> None:
    old, new = table(OLD), table(NEW)
    keys = [column.key for column in compare(old, new).columns]
    assert not [key for key in keys if "variance" in key]
    assert [key for key in keys if "status" in key]


def test_against_a_goal_the_rate_of_the_eligible_base_is_told() -> None:
    text = "부서,예산현액,대상액,목표액,지출액\n가과,1000,200,100,{}\n나과,1000,100,50,60\n"
    report = changed(text.format(50), text.format(90), target=None)
    found = row(report, "가과")
    assert (found["eligible_rate_old"], found["eligible_rate_new"]) == (25, 45)
    assert (found["eligible_rate_change"], found["attainment_rate_change"]) == (20, 40)
    assert (found["goal_change"], found["rank_new"]) == (0, 2)
    assert words(report)[0] == "2024-06-30 → 2024-07-31: spent +40 (36.7 → 50.0 %)"


def test_a_goal_in_one_of_them_alone_leaves_the_rate_of_the_budget() -> None:
    old = "부서,예산현액,지출액\n가과,1000,50\n나과,1000,60\n"
    new = "부서,예산현액,대상액,목표액,지출액\n가과,1000,200,100,90\n나과,1000,100,50,60\n"
    report = changed(old, new, target=None)
    assert words(report)[0] == "2024-06-30 → 2024-07-31: spent +40 (5.5 → 7.5 %)"
    assert (row(report, "가과")["goal_old"], row(report, "가과")["goal_new"]) == (None, 100)


# Who is who


def test_who_appeared_brings_all_its_money_and_who_went_takes_it_away() -> None:
    report = changed(OLD, NEW.replace("마과,500,60,60", "홍보관,500,90,60"))
    came, went = row(report, "홍보관"), row(report, "마과")
    assert (came["presence"], came["budget_old"], came["budget_change"]) == ("appeared", None, 500)
    assert (went["presence"], went["budget_new"], went["budget_change"]) == ("went", None, -500)
    assert (came["newly_paid"], went["newly_paid"]) == (60, -50)
    assert (came["rank_change"], went["execution_rate_change"]) == (None, None)
    assert report.rows[-1]["division"] == "마과"
    assert words(report)[-2:] == ["appeared: 홍보관", "went: 마과"]


def test_presence_is_a_word_for_programs_and_is_translated_for_people() -> None:
    presence = row(changed(OLD, NEW), "가과")["presence"]
    assert presence == "stayed"
    use_language("ko")
    assert str(presence) == str(say("stayed"))
    assert presence == "stayed"


def test_presence_is_a_column_that_narrow_pages_show_where_somebody_moved() -> None:
    def rank(report: Report) -> int:
        (column,) = (column for column in report.columns if column.key == "presence")
        return column.rank

    assert rank(changed(OLD, NEW)) > rank(changed(OLD, NEW.replace("마과", "홍보관")))


def test_names_that_differ_in_spaces_and_case_alone_are_one() -> None:
    old = "division,budget,spent\nPublic Works,10,1\nParks,10,1\n"
    new = "division,budget,spent\nPUBLIC  works,10,2\nParks,10,1\n"
    report = changed(old, new)
    assert [(row["division"], row["presence"]) for row in report.rows] == [
        ("PUBLIC works", "stayed"),
        ("Parks", "stayed"),
    ]


def test_two_spellings_in_one_table_stay_two() -> None:
    old = "division,budget,spent\nParks,10,1\nPARKS,20,2\n"
    new = "division,budget,spent\nPARKS,20,3\nparks,10,4\n"
    assert [
        (row["division"], row["presence"], row["newly_paid"]) for row in changed(old, new).rows
    ] == [("PARKS", "stayed", 1), ("parks", "stayed", 3)]


def test_a_like_name_with_like_money_is_suggested_and_never_assumed() -> None:
    report = changed(
        OLD.replace("마과", "뷰티패션과"), NEW.replace("마과,500", "뷰티패션산업과,520")
    )
    assert report.extra["renames"] == [{"old": "뷰티패션과", "new": "뷰티패션산업과"}]
    assert said(report, "renamed_division") == (
        "july.csv: it may be the new name of 뷰티패션과; nothing is assumed"
    )
    assert words(report)[-1] == "perhaps renamed: 뷰티패션과 → 뷰티패션산업과"
    assert row(report, "뷰티패션과")["presence"] == "went"


@pytest.mark.parametrize(
    ("name", "budget"),
    [("뷰티패션산업과", "700"), ("감사관실", "500"), ("뷰티패션산업과", "")],
)
def test_unlike_money_or_an_unlike_name_is_no_suggestion(name: str, budget: str) -> None:
    report = changed(OLD.replace("마과", "뷰티패션과"), NEW.replace("마과,500", f"{name},{budget}"))
    assert report.extra["renames"] == []


def test_the_likest_names_are_paired_and_none_twice() -> None:
    old = "부서,예산현액,지출액\n창업정책과,10,1\n일자리정책과,10,1\n가과,9,1\n"
    new = "부서,예산현액,지출액\n창업정책실,10,1\n일자리창업정책과,10,1\n가과,9,1\n"
    assert changed(old, new).extra["renames"] == [
        {"old": "일자리정책과", "new": "일자리창업정책과"},
        {"old": "창업정책과", "new": "창업정책실"},
    ]


def test_too_many_names_to_tell_apart_bring_no_suggestion() -> None:
    head = "부서,예산현액,지출액\n"
    old = head + "".join(f"제{number}과,{number},1\n" for number in range(1000, 1101))
    new = head + "".join(f"새{number}과,{number},1\n" for number in range(1000, 1101))
    assert changed(old, new).extra["renames"] == []


def test_a_long_list_of_names_is_cut_and_counted() -> None:
    more = "".join(f"새{number}과,1,1,1\n" for number in range(8))
    appeared = "appeared: 새0과, 새1과, 새2과, 새3과, 새4과, 새5과, … (8)"
    assert appeared in words(changed(OLD, NEW + more))


# Grouping, order, totals


def test_sort_and_top_cut_the_rows_and_never_the_total() -> None:
    report = changed(OLD, NEW, sort="-newly_paid", top=2)
    assert [row["division"] for row in report.rows] == ["다과", "가과"]
    assert report.total is not None
    assert report.total["newly_paid"] == 190


def test_by_groups_both() -> None:
    text = "회계,부서,예산현액,지출액\n일반,가과,10,{}\n특별,가과,20,2\n일반,나과,30,3\n"
    rows = changed(text.format(1), text.format(5), by=("회계",)).rows
    assert [(row["회계"], row["newly_paid"]) for row in rows] == [("일반", 4), ("특별", 0)]


def test_several_governments_stay_apart_even_if_one_is_missing_from_the_other_table() -> None:
    text = "자치단체,부서,예산현액,지출액\n가시,총무과,10,1\n"
    report = changed(text + "나시,총무과,20,2\n", text)
    assert [(row["government"], row["presence"]) for row in report.rows] == [
        ("가시", "stayed"),
        ("나시", "went"),
    ]


def test_where_one_table_names_no_government_divisions_are_compared() -> None:
    old = "자치단체,부서,예산현액,지출액\n가시,총무과,10,1\n나시,세무과,20,2\n"
    new = "부서,예산현액,지출액\n총무과,10,1\n세무과,20,2\n"
    assert {row["presence"] for row in changed(old, new).rows} == {"stayed"}


def test_tables_without_a_name_in_common_are_refused() -> None:
    with pytest.raises(TableError, match="no names in common"):
        changed("부서,예산현액,지출액\n가과,10,1\n", "회계,예산현액,지출액\n일반,10,1\n")


def test_totals_are_both_as_printed_or_both_computed() -> None:
    printed = OLD.replace("가과", "계,1501,270,240\n가과", 1)
    report = changed(printed, NEW)
    assert report.total is not None
    assert (report.total["source"], report.total["budget_change"]) == ("computed", 10)
    again = changed(printed, NEW.replace("가과", "계,1509,475,430\n가과", 1))
    assert again.total is not None
    assert (again.total["source"], again.total["budget_change"]) == ("printed", 8)


# Units


def test_millions_and_thousands_are_brought_together_exactly() -> None:
    old = june("부서,예산현액,지출액\n가과,1.5,0.25\n", unit="백만원")
    new = july("부서,예산현액,지출액\n가과,1501,300.0005\n", unit="천원")
    report = compare(old, new)
    (found,) = report.rows
    scale = report.context.scale
    assert (found["budget_change"], found["newly_paid"]) == (
        1000 * 10**scale,
        500005 * 10**scale // 10,
    )


def test_findings_of_both_stand_at_the_common_scale() -> None:
    old = june("부서,예산현액,지출액\n계,11,1\n가과,5,1\n나과,5,0\n")
    new = july("부서,예산현액,지출액\n가과,5.55,1\n나과,5,0\n")
    (found,) = (f for f in compare(old, new).findings if f.code == "rounding")
    assert (found.printed, found.computed, found.scale) == (1100, 1000, 2)


def test_a_unit_that_only_one_of_them_says_is_asked_for() -> None:
    with pytest.raises(TableError, match=r"june\.csv: it does not say its unit"):
        compare(june(), july(unit="천원"))
    with pytest.raises(TableError, match=r"july\.csv: it does not say its unit"):
        compare(june(unit="천원"), july())


def test_two_currencies_are_not_subtracted() -> None:
    with pytest.raises(TableError, match="different currencies"):
        compare(june(unit="천원"), july("부서,예산현액(USD),지출액(USD)\n가과,1,1\n"))


# What is not to be trusted


def test_a_table_cut_short_is_said_to_be_incomplete() -> None:
    report = changed(OLD, "".join(NEW.splitlines(keepends=True)[:4]))
    assert said(report, "incomplete_snapshot") == (
        "july.csv: july.csv lacks 2 of the 5 rows of june.csv and looks incomplete: "
        "a fall is not to be trusted"
    )
    assert words(report)[0].startswith("july.csv lacks 2 of the 5 rows")


def test_so_is_one_that_was_cut_short_before() -> None:
    report = changed("".join(OLD.splitlines(keepends=True)[:4]), NEW)
    assert said(report, "incomplete_snapshot").endswith("a rise is not to be trusted")
    assert said(report, "incomplete_snapshot").startswith("june.csv: ")


def test_few_rows_with_much_of_the_money_are_missed_too() -> None:
    small = "".join(f"작은{number}과,1,1,1\n" for number in range(20))
    report = changed(OLD + small, NEW.replace("마과,500,60,60\n", "") + small)
    assert "incomplete_snapshot" in codes(report)


def test_one_row_of_a_few_has_gone_or_come_and_nothing_was_cut_short() -> None:
    few = "부서,예산현액,지출액\n가과,100,50\n나과,100,50\n다과,100,60\n"
    more = f"{few}라과,100,70\n"
    assert "incomplete_snapshot" not in codes(changed(more, few))
    assert "incomplete_snapshot" not in codes(changed(few, more))


def test_programmes_are_missed_though_every_division_is_there() -> None:
    head = "부서,세부사업,예산현액,지출액\n"
    old = "".join(f"{name}과,사업{number},10,1\n" for name in "가나" for number in range(5))
    new = "".join(f"{name}과,사업{number},10,1\n" for name in "가나" for number in range(3))
    assert "incomplete_snapshot" in codes(changed(head + old, head + new))


def test_a_reorganisation_brings_as_much_as_it_takes() -> None:
    assert codes(changed(OLD, NEW.replace("가과", "A실").replace("마과", "B실"))) == []


def test_the_same_amounts_on_another_date_may_be_a_copy() -> None:
    report = changed(OLD, OLD)
    assert said(report, "stale_snapshot") == (
        "july.csv: every amount of july.csv is as in june.csv: it may be a copy"
    )
    assert words(report)[0] == "2024-06-30 → 2024-07-31: spent 0 (16.0 → 16.0 %)"


def test_a_copy_is_one_whatever_its_unit_and_scale() -> None:
    old = june("부서,예산현액,지출액\n가과,1,0.5\n", unit="백만원")
    new = july("부서,예산현액,지출액\n가과,1000,500\n", unit="천원")
    assert "stale_snapshot" in codes(compare(old, new))


def test_two_tables_of_one_date() -> None:
    report = compare(june(OLD), june(NEW))
    assert said(report, "same_date") == "june.csv: both are as of 2024-06-30"
    assert report.context.title == "2024-06-30"


def test_a_newer_table_first() -> None:
    report = compare(july(), june())
    assert said(report, "older_snapshot").endswith("2024-06-30 is before 2024-07-31")


def test_payments_of_two_fiscal_years_are_no_difference() -> None:
    report = compare(dated("2023-12-31", OLD), dated("2024-01-31", NEW))
    assert "payments begin anew each year" in said(report, "different_years")


def test_another_year_has_other_rows_and_lacks_none() -> None:
    few = "부서,예산현액,지출액\n가과,100,50\n"
    report = compare(dated("2023-12-31", OLD), dated("2024-12-31", few))
    assert "incomplete_snapshot" not in codes(report)


def test_dates_of_one_source_are_told_apart_by_date() -> None:
    text = "부서,예산현액,지출액,기준일\n가과,10,1,2024-06-30\n가과,10,1,2024-07-31\n"
    old, new = tables(text)
    assert said(compare(old, new), "stale_snapshot") == (
        "table.csv: every amount of 2024-07-31 is as in 2024-06-30: it may be a copy"
    )


def test_tables_without_dates_are_called_by_their_names() -> None:
    report = compare(table(OLD, name="a.csv"), table(NEW, name="b.csv"))
    assert words(report)[0] == "a.csv → b.csv: spent +190 (16.0 → 28.5 %)"
    assert report.context.title == ""


def test_the_title_says_both_dates() -> None:
    old, new = (
        f"{title}\n{text}"
        for title, text in (("예산 집행 현황,,,", OLD), ("예산 집행 현황,,,", NEW))
    )
    assert changed(old, new).context.title == "예산 집행 현황 (2024-06-30 → 2024-07-31)"


def test_a_month_is_not_compared_with_all_months_so_far() -> None:
    new = july(NEW)
    monthly = june(OLD.replace("지출액", "당월 지출액"), spent="당월 지출액")
    with pytest.raises(TableError, match="one counts a month"):
        compare(monthly, new)


def test_months_compared_with_months_are_no_payments() -> None:
    old, new = (text.replace("지출액", "당월 지출액") for text in (OLD, NEW))
    report = compare(june(old, spent="당월 지출액"), july(new, spent="당월 지출액"))
    assert "their difference is no payment" in said(report, "monthly_amounts")


# The bridge

amounts = st.one_of(st.none(), st.integers(-(10**20), 10**20))
divisions = st.dictionaries(
    st.sampled_from(["가과", "나과", "다과", "라과", "마과"]),
    st.tuples(amounts, amounts, amounts),
    min_size=1,
)
Divisions = dict[str, tuple[int | None, int | None, int | None]]


def written(found: Divisions) -> str:
    lines = (
        ",".join([name, *("" if amount is None else str(amount) for amount in row)])
        for name, row in found.items()
    )
    # one row with every amount, so that each column is one of amounts
    return "부서,예산현액,원인행위액,지출액\n총무과,3,2,1\n" + "\n".join(lines) + "\n"


def assert_adds_up(row: dict[str, Any]) -> None:
    def sums(before: str, after: str, *changes: int | None) -> bool:
        known = None not in changes
        return not known or row[after] == (row[before] or 0) + sum(filter(None, changes))

    paid, committed, budget = row["newly_paid"], row["newly_committed"], row["budget_change"]
    less_paid = None if paid is None else -paid
    less_committed = None if committed is None else -committed
    if row.get("presence") != "went":
        assert sums("unspent_old", "unspent_new", budget, less_paid)
        assert sums("uncommitted_old", "uncommitted_new", budget, less_committed)
        assert sums("unpaid_old", "unpaid_new", committed, less_paid)
    for side in ("old", "new"):
        parts = row[f"uncommitted_{side}"], row[f"unpaid_{side}"]
        assert None in parts or row[f"unspent_{side}"] == sum(filter(None, parts))


@given(divisions, divisions)
def test_the_bridge_adds_up_in_every_row_and_in_the_total(old: Divisions, new: Divisions) -> None:
    report = compare(june(written(old), unit="백만원"), july(written(new), unit="천원"))
    assert report.total is not None
    for line in (*report.rows, report.total):
        assert_adds_up(dict(line))


whole = st.integers(-(10**20), 10**20)
complete = st.dictionaries(
    st.sampled_from(["가과", "나과", "다과", "라과", "마과"]),
    st.tuples(whole, whole, whole),
    min_size=1,
)


@given(complete, complete)
def test_the_rows_changes_sum_to_the_totals(old: Divisions, new: Divisions) -> None:
    report = compare(june(written(old)), july(written(new)))
    assert report.total is not None
    for key in (
        "budget_change",
        "newly_committed",
        "newly_paid",
        "unspent_change",
        "unpaid_change",
    ):
        assert sum(row[key] for row in report.rows) == report.total[key]  # type: ignore[misc] # int


def test_a_table_without_a_date_compared_with_itself_says_so() -> None:
    same = table("부서,예산현액,지출액\n가과,100,50\n나과,200,60")
    report = compare(same, same)
    assert [(found.code, str(found.message)) for found in report.findings] == [
        ("same_table", "it is compared with itself")
    ]


def test_what_was_paid_beyond_commitments_is_taken_away_in_words() -> None:
    old, new = (
        table(f"부서,예산현액,원인행위액,지출액\n가과,100,40,{spent}\n나과,100,50,50", name)
        for spent, name in ((40, "old.csv"), (60, "new.csv"))
    )
    said = [Numbers(0, None, 0).sentence(sentence) for sentence in compare(old, new).headline]
    assert "of it now: 110 uncommitted − 20 committed and unpaid" in said
