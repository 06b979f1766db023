"""A report on a terminal: what fits, what is never cut, what stands out, what steers nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from budgetcli.fields import FIELDS, Kind
from budgetcli.i18n import Language, say, say_count, use_language
from budgetcli.measures import Status, balance, rate, shortfall, status, variance
from budgetcli.model import Finding, Place, Severity, Unit
from budgetcli.report import Column, Context, Report, Value
from budgetcli.targets import PaceTarget
from budgetcli.views import Page
from budgetcli.views.terminal import draw
from budgetcli.views.terminal_bars import bar, mark_at
from budgetcli.views.terminal_look import ASCII, UNICODE

GOLDEN = Path(__file__).parent / "golden"
MILLION = 10**6
PACE = PaceTarget(date(2024, 7, 31), date(2024, 1, 1))
SEOUL = (
    ("경제정책과", 129652, 97154, 96247),
    ("일자리정책과", 253003, 174442, 171011),
    ("창업정책과", 67296, 60987, 56211),
    ("대학협력과", 35050, 21050, 20622),
    ("금융투자과", 27771, 17153, 16534),
    ("창조산업과", 49222, 27861, 15105),
    ("뷰티패션산업과", 42970, 36198, 29555),
    ("첨단산업과", 54414, 42247, 41677),
    ("산업입지과", 8913, 5947, 5580),
    ("서울시립과학관", 16778, 13378, 11155),
)
RANKS = {
    "division": 0,
    "budget": 1,
    "committed": 4,
    "spent": 2,
    "commitment_rate": 5,
    "execution_rate": 0,
    "unspent": 3,
    "uncommitted": 8,
    "unpaid": 7,
    "target_rate": 9,
    "variance": 1,
    "shortfall": 6,
    "status": 0,
    "where": 10,
}
COLUMNS = tuple(Column(key, FIELDS[key].kind, rank) for key, rank in RANKS.items())

Division = tuple[str, int | None, int | None, int | None]


def row(division: Division, line: int = 2) -> dict[str, Value]:
    name, *money = division
    budget, committed, spent = (None if one is None else one * MILLION for one in money)
    reached = rate(spent, budget)
    return {
        "division": name,
        "budget": budget,
        "committed": committed,
        "spent": spent,
        "commitment_rate": rate(committed, budget),
        "execution_rate": reached,
        "unspent": balance(budget, spent),
        "uncommitted": balance(budget, committed),
        "unpaid": balance(committed, spent),
        "target_rate": PACE.rate,
        "variance": variance(reached, PACE.rate),
        "shortfall": shortfall(budget, spent, PACE.rate),
        "status": status(budget, spent, reached, PACE.rate),
        "where": f"budget_2024.csv:{line}",
    }


def summary(divisions: Iterable[Division] = SEOUL) -> Report:
    rows = tuple(row(division, line) for line, division in enumerate(divisions, start=3))
    total = row(("계", 685068, 496416, 463697))
    unit = Unit("백만원", MILLION, "KRW")
    context = Context("budget_2024.csv", 0, unit, 0, PACE.as_of, 2024, "spent", PACE, "예산")
    said = say_count(
        "{count} of {all} is below {target}",
        "{count} of {all} are below {target}",
        1,
        all=len(rows),
        target=PACE.describe(),
    )
    return Report("summary", COLUMNS, rows, context, {**total, "source": "printed"}, (), (said,))


def found(number: int = 1, severity: Severity = Severity.NOTE) -> tuple[Finding, ...]:
    message = say("the printed total and its {parts} parts differ by rounding alone", parts=10)
    return (Finding("rounding", severity, message, Place("budget_2024.csv", 2)),) * number


def alert(divisions: Iterable[Division] = SEOUL) -> Report:
    whole = summary(divisions)
    rows = tuple(one for one in whole.rows if one["status"] is Status.LAGGING)
    said = say(
        "{name}: {rate} %, {points} points below; {shortfall} still to go",
        name="창조산업과",
        rate="30.7",
        points="27.5",
        shortfall="13,540.6",
    )
    return whole._replace(name="lagging", rows=rows, total=None, headline=(said,), verdict=True)


def table_of(text: str) -> list[str]:
    """The lines of the table: from the line above the first rule to the last row."""
    return next(block for block in text.split("\n\n") if "──" in block or "---" in block).split(
        "\n"
    )


def line_of(text: str, name: str) -> str:
    return next(line for line in table_of(text) if name in line)


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("chosen", ["ko", "en"])
def test_summary_looks_like_its_golden_file(chosen: Language, width: int) -> None:
    use_language(chosen)
    drawn = draw(summary()._replace(findings=found()), Page(width=width))
    assert drawn == (GOLDEN / f"terminal_summary_{chosen}_{width}.txt").read_text("utf-8")


@pytest.mark.parametrize("chosen", ["ko", "en"])
def test_alert_looks_like_its_golden_file(chosen: Language) -> None:
    use_language(chosen)
    drawn = draw(alert(), Page(width=80))
    assert drawn == (GOLDEN / f"terminal_lagging_{chosen}_80.txt").read_text("utf-8")


def test_ascii_looks_like_its_golden_file() -> None:
    drawn = draw(summary(), Page(width=80, unicode=False))
    assert drawn == (GOLDEN / "terminal_ascii_en_80.txt").read_text("utf-8")


@pytest.mark.parametrize("chosen", ["ko", "en"])
@pytest.mark.parametrize("width", [40, 52, *range(60, 201, 7)])
def test_no_line_is_wider_than_the_page(chosen: Language, width: int) -> None:
    use_language(chosen)
    long = (*SEOUL, ("아주 긴 이름을 가진 부서와 그 밖의 여러 부서" * 20, 1, 1, 1))
    for report in (summary(long), alert(), summary()._replace(findings=found(5))):
        drawn = draw(report, Page(width=width))
        assert max(map(cell_len, drawn.splitlines())) <= width


@pytest.mark.parametrize("chosen", ["ko", "en"])
@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_every_line_of_the_table_has_the_same_width(
    chosen: Language, unicode: bool, width: int
) -> None:
    use_language(chosen)
    mixed = (*SEOUL, ("Économie", 1, 1, 1), ("مديرية المالية", 5, 3, 2), ("e\u0301té", 5, 1, None))
    drawn = draw(summary(mixed), Page(width=width, unicode=unicode))
    assert len({cell_len(line) for line in table_of(drawn)}) == 1


@given(
    st.lists(st.integers(0, 10**16), min_size=1, max_size=4),
    st.integers(60, 200),
    st.integers(0, 3),
)
@settings(max_examples=60)
def test_numbers_are_whole_at_every_width(amounts: list[int], width: int, decimals: int) -> None:
    report = summary([(f"과{n}", amount, 1, n + 1) for n, amount in enumerate(amounts)])
    drawn = draw(report, Page(width=width, decimals=decimals))
    heads = table_of(drawn)[0]
    for number, amount in enumerate(amounts):
        line = line_of(drawn, f"과{number} ").split()
        if "Budget" in heads:
            assert f"{amount:,}" in line
        assert "…" not in line


def test_numbers_wider_than_the_page_make_the_line_longer() -> None:
    columns = tuple(column._replace(rank=0) for column in COLUMNS)
    drawn = draw(summary()._replace(columns=columns), Page(width=40))
    for number in ("129,652", "97,154", "96,247", "33,405", "32,498", "74.9", "+16.0"):
        assert number in line_of(drawn, "129,652").split()


def test_wider_pages_hold_more_columns() -> None:
    heads = [table_of(draw(summary(), Page(width=width)))[0] for width in (40, 80, 120, 200)]
    counts = [sum(column.head in head for column in COLUMNS) for head in heads]
    assert counts == sorted(set(counts))


def test_columns_that_do_not_fit_are_counted_aloud() -> None:
    assert "8 more columns with a wider terminal or --format csv" in draw(summary(), Page(width=80))
    assert "more column" not in draw(summary(), Page(width=200))


def test_without_a_width_every_column_is_there() -> None:
    assert draw(summary(), Page()) == draw(summary(), Page(width=200))


def test_the_narrowest_page_drops_the_bar_then_wraps_names() -> None:
    name = "Directorate of Economic Policy"
    drawn = draw(summary([(name, 100, 60, 50)]), Page(width=40))
    assert "█" not in drawn
    assert "…" not in drawn
    assert [word for word in name.split() if word not in drawn] == []


def test_a_name_of_400_characters_is_shortened_and_says_so() -> None:
    drawn = draw(summary([("가나다라" * 100, 100, 60, 50)]), Page(width=80))
    assert "가나다라" in drawn
    assert drawn.count("…") == 1


def test_the_lagging_row_is_found_without_colour() -> None:
    signs = {line[:2] for line in table_of(draw(summary(), Page(width=80)))[2:-2]}
    assert line_of(draw(summary(), Page(width=80)), "창조산업과").startswith("▼ ")
    assert signs == {"▼ ", "  "}


def test_the_lagging_row_stands_out_in_colour() -> None:
    drawn = draw(summary(), Page(width=80, color=True))
    assert "\x1b[1;31m창조산업과\x1b[0m" in drawn
    assert re.search(r"\x1b\[1;31m *30\.7", drawn)
    assert not re.search(r"\x1b\[[^m]*3\dm *경제정책과", drawn)  # on track is no news
    assert "1 \x1b[0m\x1b[1;31m창조산업과\x1b[0m" in draw(alert(), Page(width=80, color=True))


def test_without_colour_there_is_no_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in draw(summary(), Page(width=80))


def test_the_environment_does_not_decide_about_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = draw(summary(), Page(width=80, color=True))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "20")
    assert draw(summary(), Page(width=80, color=True)) == wanted


def test_over_budget_shows_its_rate_and_a_mark() -> None:
    line = line_of(draw(summary([("초과과", 1000, 1068, 1068)]), Page(width=80)), "초과과")
    assert line.startswith("! ")
    assert "106.8" in line
    assert "▶" in line
    assert "overspent" in line


def test_exactly_100_per_cent_is_full_and_not_over() -> None:
    line = line_of(draw(summary([("과", 1000, 1000, 1000)]), Page(width=80)), "과 ")
    assert "▶" not in line
    assert "░" not in line
    assert "on track" in line


def test_what_is_unknown_is_not_available_and_never_zero() -> None:
    line = line_of(draw(summary([("빈과", None, None, 10)]), Page(width=200)), "빈과")
    assert line.split()[2:] == [
        *["n/a", "n/a", "10", "n/a", "n/a", "n/a", "n/a", "n/a", "58.2", "n/a", "n/a"],
        *["?", "unknown", "budget_2024.csv:3"],
    ]


def test_a_rate_over_nothing_is_not_available_and_has_no_bar() -> None:
    line = line_of(draw(summary([("예산없는과", 0, 0, 0)]), Page(width=40)), "예산없는과")
    assert line.split() == ["?", "예산없는과", "n/a", "?", "unknown"]
    assert "░" not in draw(summary([("과", 0, 0, 0)]), Page(width=80)).split("\n")[5]


def test_a_printed_total_and_a_computed_one_are_told_apart() -> None:
    report = summary()
    computed = {**row(("", 1, 1, 1)), "source": "computed", "division": None}
    assert "total as printed" in draw(report, Page(width=80))
    drawn = draw(report._replace(total=computed), Page(width=80))
    assert "total computed" in drawn
    assert table_of(drawn)[-1].startswith("  Total ")


def test_the_total_stands_below_a_rule_of_its_own() -> None:
    *_, rule, total = table_of(draw(summary(), Page(width=80)))
    assert set(rule) == {"─"}
    assert total.split()[:2] == ["계", "685,068"]


def test_the_unit_shown_is_the_one_asked_for() -> None:
    drawn = draw(summary(), Page(width=80, show_unit=Unit("억원", 10**8)))
    assert "unit: hundred million" in drawn
    assert "1,296.5" in line_of(drawn, "경제정책과")


def test_a_table_without_unit_and_date_says_so() -> None:
    report = summary()
    context = report.context._replace(unit=None, as_of=None)
    drawn = draw(report._replace(context=context), Page(width=80))
    assert "unit: not stated · fiscal year 2024" in drawn
    assert "129,652,000,000" in line_of(drawn, "경제정책과")


def test_a_place_the_total_does_not_have_is_left_empty() -> None:
    report = summary()
    total = {**row(("계", 3, 2, 1)), "where": None}
    last = table_of(draw(report._replace(total=total), Page(width=200)))[-1]
    assert last.split()[-1] == "lagging"
    assert "n/a" not in last


def test_an_alert_ranks_its_rows_and_always_shows_the_shortfall() -> None:
    for width in (60, 80):
        drawn = draw(alert(), Page(width=width))
        assert line_of(drawn, "창조산업과").startswith("1 창조산업과")
        assert "13,540.6" in line_of(drawn, "창조산업과")
    assert draw(alert(), Page(width=80)).splitlines()[1].startswith("▼ 창조산업과: 30.7 %")


def test_an_alert_about_nobody_is_one_sentence_and_the_caption() -> None:
    nobody = alert()._replace(rows=(), headline=(say("nobody is below 60 %"),), verdict=False)
    drawn = draw(nobody, Page(width=80, color=False))
    assert drawn.splitlines()[1] == "nobody is below 60 %"
    assert "as of 2024-07-31" in drawn
    assert "─" not in drawn
    assert "Division" not in drawn


def test_nothing_at_all_says_so() -> None:
    assert "no rows" in draw(summary(())._replace(headline=()), Page(width=80))


def test_a_few_findings_are_shown_the_gravest_first_and_the_rest_counted() -> None:
    findings = (*found(9), *found(1, Severity.ERROR))
    drawn = draw(summary()._replace(findings=findings), Page(width=120))
    last = drawn.split("\n\n")[-1].splitlines()
    assert [line[:2] for line in last] == ["✗ ", "· ", "· ", "  "]
    assert "(budget_2024.csv:2)" in last[0]
    assert last[-1].strip() == "and 7 more: budgetcli check"


def test_check_itself_shows_every_finding() -> None:
    drawn = draw(summary()._replace(name="check", findings=found(9)), Page(width=120))
    assert drawn.count("by rounding alone") == 9


HOSTILE = "[bold red]x[/] \x1b[2J\x1b]0;t\x07 :smile: \n\u202etxt\u2066 \x9b1m"


def test_text_from_a_file_steers_nothing() -> None:
    report = summary([(HOSTILE, 100, 60, 50)])
    context = report.context._replace(title=HOSTILE, source=HOSTILE, unit=Unit(HOSTILE, MILLION))
    message = say("seen: {text}", text=HOSTILE)
    finding = Finding("odd", Severity.ERROR, message, Place(HOSTILE, 3, sheet=HOSTILE))
    drawn = draw(
        report._replace(context=context, headline=(message,), findings=(finding,)), Page(width=200)
    )
    assert not set(drawn) & set("\x1b\x07\x9b\u202e\u2066")
    assert drawn.count(r"[bold red]x[/] \x1b[2J\x1b]0;t\x07 :smile: \n\u202etxt\u2066 \x9b1m") >= 4


def test_braces_in_a_name_are_only_braces() -> None:
    assert "{0} {division}" in draw(summary([("{0} {division}", 100, 60, 50)]), Page(width=80))


def test_a_right_to_left_name_is_whole_and_holds_its_row_in_place() -> None:
    line = line_of(draw(summary([("مديرية المالية", 100, 60, 50)]), Page(width=80)), "مديرية")
    assert "\u200eمديرية المالية\u200e" in line


def test_ascii_pages_are_ascii_but_for_names() -> None:
    report = summary([("Economy", 100, 60, 50), ("Over", 10, 10, 11), ("Blank", None, 1, 1)])
    report = report._replace(context=report.context._replace(title="Budget"), findings=found(5))
    drawn = draw(report._replace(total=row(("Total", 10, 9, 8))), Page(width=200, unicode=False))
    assert drawn.isascii()
    assert {"#", "|", ">", "ok"} <= set(re.findall(r"ok|\S", drawn))


def test_korean_on_a_code_page_949_terminal_can_be_encoded() -> None:
    use_language("ko")
    drawn = draw(summary()._replace(findings=found(5)), Page(width=200, unicode=False))
    assert drawn.encode("cp949").decode("cp949") == drawn


def test_any_columns_under_any_name_are_drawn() -> None:
    columns = (
        Column("as_of", Kind.DATE),
        Column("사업 구분", Kind.NAME),
        Column("path", Kind.TEXT, 1),
        Column("divisions", Kind.COUNT, 1),
        Column("change", Kind.POINTS, 1),
    )
    values: dict[str, Value] = {
        "as_of": PACE.as_of,
        "사업 구분": "일반",
        "path": "▁▃▅█",
        "divisions": 1234,
    }
    report = Report("trend", columns, ({**values, "change": Fraction(-5, 2)},), Context("x.csv"))
    line = line_of(draw(report, Page(width=80)), "일반")
    assert line.split() == ["2024-07-31", "일반", "▁▃▅█", "1,234", "-2.5"]


def test_the_bar_is_that_of_the_basis() -> None:
    report = summary([("과", 1000, 1000, 0)])
    report = report._replace(context=report.context._replace(basis="committed"))
    line = line_of(draw(report, Page(width=200)), "과 ")
    assert line.index("100.0") < line.index("█") < line.index(" 0.0 ")


@given(
    st.fractions(0, 150, max_denominator=1000),
    st.fractions(0, 100, max_denominator=1000),
    st.integers(2, 40),
    st.sampled_from([UNICODE, ASCII]),
)
def test_a_bar_never_contradicts_its_verdict(
    reached: Fraction, target: Fraction, width: int, look: object
) -> None:
    assert look in (UNICODE, ASCII)
    chosen = UNICODE if look is UNICODE else ASCII
    drawn = bar(reached, target, width, chosen)
    before, after = drawn[: mark_at(target, width)], drawn[mark_at(target, width) + 1 :]
    assert cell_len(drawn) == len(drawn) == width
    if reached < target:
        assert set(after) <= {chosen.empty}
    else:
        assert set(before) <= {chosen.fills[-1]}
    assert (chosen.over in drawn) == (reached > 100)


def test_the_bar_of_31_per_cent_against_58() -> None:
    assert bar(Fraction(3125, 100), Fraction(58), 10, UNICODE) == "███▏░│░░░░"
    assert bar(Fraction(31), Fraction(58), 10, ASCII) == "###..|...."
    assert bar(Fraction(120), Fraction(58), 10, UNICODE) == "█████│███▶"
    assert bar(Fraction(-5), None, 10, UNICODE) == "░" * 10
