"""The commands as functions: the same answers as the command line, from every kind of source."""

from __future__ import annotations

import inspect
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import budgetcli
from budgetcli.cli.commands import COMMANDS
from budgetcli.config import VARIABLES
from tests.conftest import Run

DAYS = """\
부서,기준일,예산현액,원인행위액,지출액
가과,2024-01-31,1000,500,100
나과,2024-01-31,1000,400,0
가과,2024-02-15,1000,600,150
나과,2024-02-15,1000,400,60
가과,2024-03-01,1000,600,200
나과,2024-03-01,1000,400,100
가과,2024-03-31,1000,700,200
나과,2024-03-31,1000,400,400
"""
YEARS = "".join(
    ["부서,회계연도,당초예산,예산현액,지출액\n"]
    + [f"가과,{year},100,110,90\n나과,{year},100,110,40\n" for year in range(2020, 2024)]
)


@pytest.fixture
def days(tmp_path: Path) -> Path:
    path = tmp_path / "days.csv"
    path.write_text(DAYS, encoding="utf-8")
    return path


@pytest.fixture
def years(tmp_path: Path) -> Path:
    path = tmp_path / "years.csv"
    path.write_text(YEARS, encoding="utf-8")
    return path


def frame(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"부서": ["가과", "나과"], **columns})


# what draws a file or tells of the program itself gives no answer to work on
QUESTIONS = [name for name in COMMANDS if name not in ("chart", "report", "config", "completion")]


def test_every_question_is_a_function_of_the_same_name() -> None:
    assert set(QUESTIONS) <= set(budgetcli.__all__)
    assert all(callable(getattr(budgetcli, name)) for name in budgetcli.__all__)


def test_the_names_are_listed_and_no_others_are_there() -> None:
    assert dir(budgetcli) == sorted(budgetcli.__all__)
    with pytest.raises(AttributeError, match="nothing_of_it"):
        _ = budgetcli.nothing_of_it


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_signature_shows_every_keyword(name: str) -> None:
    keywords = inspect.signature(getattr(budgetcli, name)).parameters
    assert {"unit", "map", "where", "as_of"} <= keywords.keys()
    assert keywords["where"].annotation == "Mapping[str, str | Sequence[str]]"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["summary"], {}),
        (["lagging", "--below", "60"], {"below": 60}),
        (["lagging", "--below", "59.5"], {"below": 59.5}),
        (["summary", "--basis", "committed"], {"basis": "committed"}),
        (["summary", "--target", "pace"], {"target": "pace"}),
        (["summary", "--sort", "-unspent", "--top", "3"], {"sort": "-unspent", "top": 3}),
        (["summary", "--where", "부서=*정책과"], {"where": {"부서": "*정책과"}}),
        (["forecast"], {}),
        (["check"], {}),
        (["convert"], {}),
        (["tables"], {}),
    ],
)
def test_the_answer_is_that_of_the_command(
    run: Run, words: list[str], asked: dict[str, Any]
) -> None:
    answer = getattr(budgetcli, words[0])(**asked).to_dict()
    assert answer == json.loads(run(*words, "-q", "-f", "json").out)


def test_show_and_the_questions_over_dates_answer_alike(run: Run, days: Path) -> None:
    def told(*words: str) -> object:
        return json.loads(run(*words, "-q", "-f", "json").out)

    source = str(days)
    assert budgetcli.show("가과", days).to_dict() == told("show", "가과", source)
    assert budgetcli.trend(days).to_dict() == told("trend", source)
    assert budgetcli.trend(days, long=True).to_dict() == told("trend", "--long", source)
    assert budgetcli.forecast(days).to_dict() == told("forecast", source)
    tested = budgetcli.forecast(days, backtest=True).to_dict()
    assert tested == told("forecast", "--backtest", source)
    compared = budgetcli.compare(days, from_="2024-01-31", to=date(2024, 3, 1)).to_dict()
    assert compared == told("compare", source, "--from", "2024-01-31", "--to", "2024-03-01")


def test_questions_over_years_answer_alike(run: Run, years: Path) -> None:
    def told(*words: str) -> object:
        return json.loads(run(*words, "-q", "-f", "json").out)

    chronic = budgetcli.lagging(years, chronic=True)
    assert chronic.to_dict() == told("lagging", str(years), "--chronic")
    scored = budgetcli.pefa(years, indicative=True, sort="division").to_dict()
    assert scored == told("pefa", str(years), "--indicative", "--sort", "division")


def test_two_sources_are_compared(days: Path) -> None:
    january, *_, march = budgetcli.load_all(days)
    assert budgetcli.compare(january, march).to_dict() == budgetcli.compare(days).to_dict()


def test_the_history_of_a_forecast_is_one_source_or_several(days: Path, tmp_path: Path) -> None:
    past = tmp_path / "past.csv"
    past.write_text(
        "부서,기준일,예산현액,지출액\n가과,2023-03-31,9,3\n가과,2023-12-31,9,6\n", "utf-8"
    )
    one = budgetcli.forecast(days, history=past)
    assert one.rows[0]["profile"] is not None
    assert budgetcli.forecast(days, history=[past]).rows == one.rows


def test_a_source_may_be_a_path_bytes_a_stream_a_frame_or_a_table(days: Path) -> None:
    read = pd.read_csv(days, dtype=object)
    table = budgetcli.load(days)
    rows = budgetcli.summary(days).to_frame().drop(columns="where")
    with days.open("rb") as stream:
        sources: list[Any] = [
            str(days),
            days.read_bytes(),
            io.BytesIO(days.read_bytes()),
            stream,
            read,
            table,
        ]
        for source in sources:
            told = budgetcli.summary(source).to_frame().drop(columns="where")
            pd.testing.assert_frame_equal(told, rows)


def test_a_table_may_be_cut_and_grouped_but_not_read_again() -> None:
    table = budgetcli.load()
    assert len(budgetcli.summary(table, where={"division": ["창조*", "금*"]}).rows) == 2
    with pytest.raises(budgetcli.UserError, match="loaded already"):
        budgetcli.summary(table, unit="천원")


def test_a_text_stream_is_refused(days: Path) -> None:
    with days.open(encoding="utf-8") as stream, pytest.raises(budgetcli.SourceError, match="text"):
        budgetcli.load(stream)  # type: ignore[arg-type] # what is wrong is tested


def test_what_is_no_source_and_no_keyword_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="a source is"):
        budgetcli.load(3)  # type: ignore[arg-type] # what is wrong is tested
    with pytest.raises(TypeError, match="unexpected keyword argument 'belw'"):
        budgetcli.lagging(belw=60)  # type: ignore[call-arg] # what is wrong is tested
    with pytest.raises(TypeError, match="basis"):
        budgetcli.check(basis="spent")  # type: ignore[call-arg] # what is wrong is tested


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"below": "much"}, "below"),
        ({"basis": "promised"}, "basis"),
        ({"top": 0}, "top"),
        ({"as_of": "July"}, "as_of"),
        ({"below": 60, "target": 60}, "lagging"),
        ({"fiscal_year_start": "13-99"}, "--fiscal-year-start"),
    ],
)
def test_what_cannot_be_meant_is_a_user_error_that_says_where(
    said: dict[str, Any], where: str
) -> None:
    with pytest.raises(budgetcli.UserError) as raised:
        budgetcli.lagging(**said)
    assert str(raised.value).startswith(f"{where}: ")


def test_the_environment_says_nothing_to_python(
    days: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLES["source"], str(days))
    assert budgetcli.load().source == "budget_2024.csv"


def test_columns_are_named_by_header_or_number(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("who,a,b\n가과,100,40\n", encoding="utf-8")
    table = budgetcli.load(path, map={"division": "who", "budget": 2, "spent": "#3"}, unit=1000)
    told = table.to_frame().to_dict("list")
    assert told == {"division": ["가과"], "budget": [100_000], "spent": [40_000]}


def test_the_target_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("부서,목표율\n창조산업과,30\n", encoding="utf-8")
    rates = {row["division"]: row["target_rate"] for row in budgetcli.summary(target=path).rows}
    assert rates["창조산업과"] == 30


# --- frames


def test_money_in_a_frame_is_exact_and_rates_are_floats() -> None:
    told = budgetcli.summary().to_frame()
    assert str(told["budget"].dtype) == "Int64"
    assert told["budget"].sum() == 685_069_000_000
    assert told["execution_rate"].dtype == "float64"
    assert told["status"].tolist().count("lagging") == 1
    assert told.attrs["as_of"] == date(2024, 7, 31)


def test_money_beyond_any_sum_of_machine_integers_is_objects() -> None:
    huge = 2**62
    told = budgetcli.summary(frame(예산현액=[huge, huge], 지출액=[1, 2])).to_frame()
    assert told["budget"].dtype == object
    assert told["budget"].sum() == 2**63


def test_cents_stay_cents() -> None:
    table = budgetcli.from_frame(
        frame(예산현액=[Decimal("111746519346.43"), 1], 지출액=["0.1", "1"])
    )
    told = budgetcli.summary(table)
    assert told.to_frame()["budget"].tolist() == [Decimal("111746519346.43"), Decimal("1.00")]
    rows = told.to_dict()["rows"]
    assert isinstance(rows, list)
    assert rows[0]["budget"] == Decimal("111746519346.43")


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, Decimal("NaN")])
def test_what_is_missing_is_unknown_and_never_zero(nothing: object) -> None:
    table = budgetcli.from_frame(
        frame(예산현액=[100, 200], 지출액=pd.Series([1, nothing], dtype=object))
    )
    assert [row.amount("spent") for row in table.rows] == [1, None]
    assert budgetcli.summary(table).rows[1]["execution_rate"] is None


@pytest.mark.parametrize("whole", [12.0, 0.5, 1_000_000.25])
def test_a_float_that_is_what_it_shows_is_taken(whole: float) -> None:
    table = budgetcli.from_frame(frame(예산현액=[whole, float("nan")], 지출액=[0, 0]))
    assert Fraction(table.rows[0].amount("budget") or 0, 10**table.scale) == Fraction(whole)


@pytest.mark.parametrize("inexact", [0.1, 30.7, 2.0**53, 1e300])
def test_a_float_that_is_not_is_refused_and_why(inexact: float) -> None:
    with pytest.raises(budgetcli.TableError, match="not exactly") as raised:
        budgetcli.from_frame(frame(예산현액=[inexact, 1.0], 지출액=[0, 0]))
    assert "frame: 예산현액" in str(raised.value)
    assert "Decimal" in str(raised.value)


def test_rates_may_be_floats() -> None:
    table = budgetcli.from_frame(frame(예산현액=[1000, 1], 지출액=[307, 1], 집행률=[30.7, 100.0]))
    assert budgetcli.check(table).verdict is False
    assert table.rows[0].printed["execution_rate"].value == Fraction(307, 10)


def test_a_named_index_is_a_column_and_headers_may_have_levels() -> None:
    by_name = frame(예산현액=[1, 2], 지출액=[0, 1]).set_index("부서")
    assert [row.labels["division"] for row in budgetcli.from_frame(by_name).rows] == [
        "가과",
        "나과",
    ]
    levels = pd.DataFrame(
        [["가과", 10, 5]],
        columns=pd.MultiIndex.from_tuples(
            [("부서", ""), ("2024년", "예산현액"), ("2024년", "지출액")]
        ),
    )
    assert budgetcli.from_frame(levels).rows[0].amount("spent") == 5


def test_dates_in_a_frame_are_dates() -> None:
    dated = frame(
        기준일=pd.to_datetime(["2024-01-31", "2024-02-29"]), 예산현액=[1, 2], 지출액=[1, 1]
    )
    assert [table.as_of for table in budgetcli.load_all(dated)] == [
        date(2024, 1, 31),
        date(2024, 2, 29),
    ]
    told = budgetcli.trend(DAYS.encode(), long=True).to_frame()
    assert told["as_of"].dtype.kind == "M"


def test_counts_and_words_have_their_own_types() -> None:
    told = budgetcli.tables().to_frame()
    assert str(told["number"].dtype) == "Int64"
    assert told["number"].tolist() == [1]
    assert budgetcli.check().to_frame()["severity"].tolist() == ["note", "note"]


def test_a_place_tells_the_frames_row() -> None:
    table = budgetcli.from_frame(frame(예산현액=[1, 2], 지출액=[0, 1]))
    assert str(table.rows[1].place) == "frame:2"


# --- how answers show themselves


def test_a_report_prints_as_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = str(budgetcli.lagging(below=60))
    assert "창조산업과: 30.7 %" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert repr(budgetcli.lagging(below=60)) == shown


def test_a_table_says_what_it_is() -> None:
    table = budgetcli.load()
    assert repr(table) == "<Table budget_2024.csv: 10 rows, as of 2024-07-31>"
    assert "창조산업과" in str(table)


def test_the_page_is_that_of_the_command(run: Run) -> None:
    page = budgetcli.summary().to_html()
    assert page == run("summary", "-q", "-f", "html").out
    assert "685.1" in budgetcli.summary().to_html(show_unit=10**9)


def test_a_notebook_shows_names_that_mark_up_nothing() -> None:
    named = frame(예산현액=[1, 2], 지출액=[0, 1]).assign(부서=["<script>alert(1)</script>", "나과"])
    shown = budgetcli.summary(named)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<table>" in budgetcli.load()._repr_html_()


def test_a_notebook_is_not_flooded() -> None:
    many = pd.DataFrame({"부서": [f"{n}과" for n in range(150)], "예산현액": 10, "지출액": 1})
    shown = budgetcli.summary(many)._repr_html_()
    assert shown.count("<tr>") == 1 + 100 + 1
    assert "and 50 more" in shown


def test_an_answer_without_rows_shows_its_words_in_a_notebook() -> None:
    shown = budgetcli.lagging(below=1)._repr_html_()
    assert "nobody is below" in shown
    assert "<table>" not in shown


def test_words_follow_the_language() -> None:
    budgetcli.use_language("ko")
    assert "부진" in str(budgetcli.lagging(below=60))


def test_what_cannot_be_read_is_a_warning_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(DAYS, encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(b"PK\3\4 broken")
    with pytest.warns(UserWarning, match=r"b\.csv: the archive is damaged"):
        table = budgetcli.load(tmp_path, keep_going=True)
    assert len(table.rows) > 0
    with pytest.raises(budgetcli.SourceError):
        budgetcli.load(tmp_path)
