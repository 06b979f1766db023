"""Thirty-nine days of fourteen municipalities as published: which days are to be trusted, and
which forecasts would have come true.

The figures beside this file are sums of 지방재정365's; programme by programme they are read where
the real files are.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from budgetcli.analysis.backtest import backtest
from budgetcli.analysis.compare import compare
from budgetcli.analysis.panel import panel
from budgetcli.analysis.trend import trend
from budgetcli.loading import LoadOptions, load_all
from budgetcli.model import BudgetTable
from budgetcli.report import Report
from tests.conftest import Run

FIGURES = Path(__file__).with_name("jeonbuk_2026.csv")
# The recent pace was chosen among its like on the dates up to 24 July, department by department.
# With dates from the 10th on, nothing is foretold before the 24th: no day it was chosen on.
CHOSEN_BEFORE, SEEN_FROM = "2026-07-24", "2026-07-10"


@cache
def days() -> list[BudgetTable]:
    return load_all(FIGURES)


def later(tables: list[BudgetTable]) -> list[BudgetTable]:
    return [table for table in tables if str(table.as_of) >= SEEN_FROM]


def flags(tables: list[BudgetTable]) -> dict[str, str]:
    return {one.label: one.flag.code for one in panel(tables).snapshots if one.flag}


def with_a_truncated_day(day: str, kept: int) -> list[BudgetTable]:
    return [
        table._replace(rows=table.rows[:kept]) if str(table.as_of) == day else table
        for table in days()
    ]


def test_the_copied_day_of_mid_july_is_flagged_and_no_other() -> None:
    assert flags(days()) == {"2026-07-17": "stale_snapshot"}
    assert [one.code for one in trend(days()).findings] == ["stale_snapshot"]


@pytest.mark.parametrize("day", ["2026-06-29", "2026-07-22", "2026-08-21"])
def test_a_day_cut_short_is_incomplete_wherever_it_stands(day: str) -> None:
    cut = with_a_truncated_day(day, 10)
    assert flags(cut) == {"2026-07-17": "stale_snapshot", day: "incomplete_snapshot"}
    total = trend(cut).total
    assert total is not None
    assert isinstance(total["slope"], Fraction)
    assert abs(total["slope"] - slope_of_all_days()) < Fraction(1, 4)


def slope_of_all_days() -> Fraction:
    total = trend(days()).total
    assert total is not None
    assert isinstance(total["slope"], Fraction)
    return total["slope"]


def test_compare_says_that_a_day_was_cut_short() -> None:
    cut = with_a_truncated_day("2026-07-22", 10)
    by_day = {str(table.as_of): table for table in cut}
    for old, new in (("2026-07-21", "2026-07-22"), ("2026-07-22", "2026-07-23")):
        codes = {one.code for one in compare(by_day[old], by_day[new]).findings}
        assert "incomplete_snapshot" in codes
    whole = compare(by_day["2026-07-21"], by_day["2026-07-23"])
    assert "incomplete_snapshot" not in {one.code for one in whole.findings}


def errors(report: Report, measure: str) -> dict[str, dict[str, Fraction]]:
    """By days ahead and method."""
    found: dict[str, dict[str, Fraction]] = {}
    for row in report.rows:
        value = row[measure]
        assert isinstance(value, Fraction)
        found.setdefault(str(row["horizon"]), {})[str(row["key"])] = value
    return found


def is_nearest(report: Report, measure: str) -> dict[str, bool]:
    return {
        horizon: methods["recent_pace"] < min(methods["naive"], methods["run_rate"])
        for horizon, methods in errors(report, measure).items()
    }


def test_the_recent_pace_beats_tomorrow_as_today_and_the_run_rate() -> None:
    report = backtest(days())
    everywhere = dict.fromkeys(("1~7", "8~14", "15~31", "32~39"), True)
    assert is_nearest(report, "error_points") == everywhere
    assert is_nearest(report, "error_median") == everywhere


def test_it_does_on_days_it_was_not_chosen_on() -> None:
    report = backtest(later(days()))
    origins = report.extra["origins"]
    assert isinstance(origins, list)
    assert str(min(origins)) == CHOSEN_BEFORE
    everywhere = dict.fromkeys(("1~7", "8~14", "15~28"), True)
    assert is_nearest(report, "error_points") == everywhere
    assert is_nearest(report, "error_median") == everywhere


def test_the_run_rate_was_nearer_on_the_days_before() -> None:
    # nobody could have known then: it is said here, so that nobody takes the pace for a law
    early = [table for table in days() if str(table.as_of) <= CHOSEN_BEFORE]
    assert is_nearest(backtest(early), "error_points") == {"1~7": False, "8~11": False}


@pytest.fixture(scope="session")
def departments(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[BudgetTable]]:
    """The panel's 750 departments: read by pandas, which needs four columns of it alone."""

    @cache
    def read(path: Path) -> list[BudgetTable]:
        names = {"exe_ymd": "기준일", "laf_hg_nm": "자치단체", "dept_cd": "부서"}
        money = {"bdg_cash_amt": "예산현액", "ep_amt": "지출액"}
        frame = pd.read_csv(path, usecols=[*names, *money], dtype=dict.fromkeys(names, str))
        summed = frame.groupby([*names])[[*money]].sum().reset_index()
        written = tmp_path_factory.mktemp("jeonbuk") / "departments.csv"
        summed.rename(columns={**names, **money}).to_csv(written, index=False)
        return load_all(written, options=LoadOptions(unit="원"))

    return read


PANEL = "lofin_jeonbuk_daily/panel_20260629_20260821.csv.gz"


def test_every_department_foretold(
    real_file: Callable[[str], Path], departments: Callable[[Path], list[BudgetTable]]
) -> None:
    tables = departments(real_file(PANEL))
    assert flags(tables) == {"2026-07-17": "stale_snapshot"}
    everywhere = dict.fromkeys(("1~7", "8~14", "15~31", "32~39"), True)
    assert is_nearest(backtest(tables), "error_points") == everywhere


def test_departments_on_days_it_was_not_chosen_on(
    real_file: Callable[[str], Path], departments: Callable[[Path], list[BudgetTable]]
) -> None:
    report = backtest(later(departments(real_file(PANEL))))
    everywhere = dict.fromkeys(("1~7", "8~14", "15~28"), True)
    assert is_nearest(report, "error_points") == everywhere
    # a week ahead most departments pay nothing: of the middle one nothing is nearer than that
    assert is_nearest(report, "error_median") == {**everywhere, "1~7": False}


def test_a_download_that_stopped_halfway_through_a_day(
    real_file: Callable[[str], Path], tmp_path: Path, run: Run
) -> None:
    lines = gzip.decompress(real_file("lofin_jeonbuk_daily/panel_4dates_cp949.csv.gz").read_bytes())
    head, *rows = lines.decode("cp949").splitlines(keepends=True)
    kept = [row for row in rows if "전북무주군" in row or "전북장수군" in row]
    for day, end in (("20260629", None), ("20260717", 2000), ("20260731", None)):
        of_day = [row for row in kept if day in row]
        (tmp_path / f"{day}.csv").write_text("".join([head, *of_day[:end]]), encoding="cp949")
    before, cut, after = sorted(map(str, tmp_path.iterdir()))
    trended = json.loads(run("trend", before, cut, after, "-f", "json").out)
    compared = json.loads(run("compare", before, cut, "-f", "json").out)
    whole = json.loads(run("compare", before, after, "-f", "json").out)
    flagged = [found["snapshot"] for found in trended["dates"]]
    assert flagged == [None, "incomplete_snapshot", None]
    assert "incomplete_snapshot" in {found["code"] for found in compared["findings"]}
    assert "incomplete_snapshot" not in {found["code"] for found in whole["findings"]}
