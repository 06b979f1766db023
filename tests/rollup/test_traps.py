"""What goes wrong when a ledger is handed to an engine, one trap a test."""

from __future__ import annotations

import errno
import gzip
import json
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from budgetcli.errors import SourceError, TableError
from budgetcli.loading import LoadOptions, load, load_all
from budgetcli.model import BudgetTable
from budgetcli.rollup import run
from budgetcli.rollup.duckdb_engine import DuckDB
from budgetcli.rollup.spool import Spool

HEADER = "부서,예산현액,지출액\n"
Write = Callable[..., Path]


@pytest.fixture
def ledger(tmp_path: Path) -> Write:
    """Write a ledger and give its path."""

    def written(text: str | bytes, name: str = "ledger.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return written


def rolled(*paths: Path | str, **options: Any) -> BudgetTable:
    return load(*paths, options=LoadOptions(engine="duckdb", **options))


def sums(table: BudgetTable, field: str = "budget") -> dict[str, int]:
    found: dict[str, int] = {}
    for row in table.rows:
        name = " · ".join(row.labels.values())
        found[name] = found.get(name, 0) + (row.amount(field) or 0)
    return found


def messages(table: BudgetTable) -> list[str]:
    return [f"{finding.place}: {finding.message}" for finding in table.findings]


def test_decimals_far_below_a_head_of_integers_are_kept(ledger: Write) -> None:
    path = ledger(HEADER + "예산과,1000000,1\n" * 60_000 + "예산과,12.345,1\n")
    table = rolled(path)
    assert (sums(table), table.scale) == ({"예산과": 60_000_000_012_345}, 3)


def test_a_ledger_without_a_column_of_amounts_is_refused_in_words(ledger: Write) -> None:
    path = ledger("CID\tB5\tUCS2\n0\t*\t*\n1\t20\t0020\n2\t21v\t0021\n" * 9)
    with pytest.raises(TableError, match="none of its columns holds amounts"):
        rolled(path)


def test_places_are_the_source_s_own_and_nothing_is_rounded(ledger: Write) -> None:
    table = rolled(ledger(HEADER + "예산과,1.005,2.675\n예산과,1.1,0.1\n"))
    assert (sums(table), sums(table, "spent")) == ({"예산과": 2105}, {"예산과": 2775})


def test_sums_beyond_what_a_machine_word_holds_are_exact(ledger: Write) -> None:
    most = 2**63 - 1
    path = ledger(HEADER + f"예산과,{most},1\n" * 1000 + f"예산과,{10**30 + 1},1\n")
    assert sums(rolled(path)) == {"예산과": most * 1000 + 10**30 + 1}


@pytest.mark.parametrize("cell", ["1_000", "0x10", '"1,23"', "--5", "1e", "abc", "NaN", "inf"])
def test_what_a_cast_would_take_and_no_person_wrote_is_refused(ledger: Write, cell: str) -> None:
    table = rolled(ledger(HEADER + f'예산과,"7,100,000",1\n예산과,{cell},1\n'))
    assert sums(table) == {"예산과": 7_100_000}
    assert [found.code for found in table.findings] == ["unreadable_amount"]


def test_an_exponent_is_read_as_the_small_reader_reads_it(ledger: Write) -> None:
    assert sums(rolled(ledger(HEADER + "예산과,7100000,1\n예산과,1e3,1\n"))) == {
        "예산과": 7_101_000
    }


def test_refused_cells_are_counted_and_the_first_named_by_line(ledger: Write) -> None:
    path = ledger(HEADER + "예산과,7100000,1\n" + "예산과,없음,1\n" * 50)
    said = messages(rolled(path))
    assert said[0] == f"{path}:3: '없음' is no amount"
    assert said[-1] == f"{path}: '없음' is no amount: in 30 rows further down"


def test_a_blank_a_dash_and_nothing_at_all_are_no_zero(ledger: Write) -> None:
    table = rolled(ledger(HEADER + "예산과,,1\n창조과,-,1\n국제과,0,1\n"))
    assert {row.labels["division"]: row.amount("budget") for row in table.rows} == {
        "예산과": None,
        "창조과": None,
        "국제과": 0,
    }


@pytest.mark.parametrize("line", ["예산과,12", "예산과,12,3,4"])
def test_a_ragged_line_is_named(ledger: Write, line: str) -> None:
    path = ledger(HEADER + "예산과,7100000,1\n" * 9 + line + "\n" + "예산과,1,1\n" * 9)
    with pytest.raises(SourceError, match=r"line 11 has \d cells and not 3"):
        rolled(path)


def test_a_header_longer_than_a_ledgers_head_is_read_in_memory(ledger: Write) -> None:
    filler = ",".join(f"x{number}" for number in range(12_000))
    path = ledger(f"부서,예산현액,지출액,{filler}\n" + f"예산과,10,4{',7' * 12_000}\n" * 90)
    assert sums(load(path)) == {"예산과": 900}


def test_a_line_of_three_megabytes_is_told(ledger: Write) -> None:
    path = ledger(HEADER + "예산과,7100000,1\n" + "가" * 1_000_000 + ",1,1\n")
    with pytest.raises(SourceError, match="a line of it is longer than 2 MB"):
        rolled(path)


def test_a_quotation_mark_that_is_not_closed_is_named(ledger: Write) -> None:
    path = ledger(HEADER + "예산과,7100000,1\n" * 9 + '"예산과,1,1\n' + "예산과,1,1\n" * 9)
    with pytest.raises(SourceError, match="line 11 cannot be read"):
        rolled(path)


def test_the_part_that_is_looked_through_first_may_end_inside_quotation_marks(
    ledger: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_LOOKED_THROUGH", 100)
    path = ledger(HEADER + "예산과,7100000,1\n" * 2 + '"예산과' + "\n가" * 20 + '",1,1\n')
    assert sums(rolled(path))["예산과"] == 14_200_000


def test_newlines_of_two_kinds_are_no_matter(ledger: Write) -> None:
    path = ledger(HEADER + "예산과,7100000,1\r\n예산과,1,1\n예산과,2,1\r\n")
    assert sums(rolled(path)) == {"예산과": 7_100_003}


def test_korean_in_cp949_below_a_head_of_ascii_is_read(ledger: Write) -> None:
    ascii_rows = "division,budget,spent\n" + "Budget Office,1000000,1\n" * 4000
    path = ledger(ascii_rows.encode() + "예산과,5,1\n".encode("cp949"))
    assert sums(rolled(path)) == {"Budget Office": 4_000_000_000, "예산과": 5}


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("packed", [False, True])
def test_other_encodings_are_read_packed_or_not(ledger: Write, encoding: str, packed: bool) -> None:
    data = (HEADER + "예산과,7100000,1\n예산과,1,1\n").encode(encoding)
    path = ledger(gzip.compress(data) if packed else data)
    assert sums(rolled(path)) == {"예산과": 7_100_001}


def test_a_full_disk_while_copying_is_told(ledger: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Spool, "_copy", full)
    with pytest.raises(SourceError, match="the disk is full"):
        rolled(ledger((HEADER + "예산과,7100000,1\n").encode("cp949")))


def test_half_a_gigabyte_of_memory_is_enough(ledger: Write) -> None:
    path = ledger(HEADER + "".join(f"부서{n % 50},{n},1\n" for n in range(300_000)))
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "budgetcli",
            "summary",
            str(path),
            "--engine",
            "duckdb",
            "-f",
            "json",
        ],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29)),
        capture_output=True,
        check=True,
    )
    assert json.loads(ran.stdout)["total"]["budget"] == sum(range(300_000))


def test_copies_are_taken_away(
    ledger: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    rolled(ledger((HEADER + "예산과,7100000,1\n").encode("cp949")))
    assert [*kept.iterdir()] == []


def test_lines_above_the_header_are_read_and_not_added(ledger: Write) -> None:
    path = ledger(
        '"2024년 세출\n집행현황",,\n\n,,(단위: 백만원)\n'
        + HEADER
        + "예산과,7100000,1\n예산과,1,1\n"
    )
    table = rolled(path)
    assert (sums(table), table.unit and table.unit.name) == (
        {"예산과": 7_100_001_000_000},
        "백만원",
    )


def test_a_header_that_repeats_and_blank_lines_are_no_data(ledger: Write) -> None:
    path = ledger(HEADER + "예산과,7100000,1\n" + HEADER + "\n,,\n예산과,1,1\n")
    table = rolled(path)
    assert (sums(table), table.findings) == ({"예산과": 7_100_001}, ())


def test_totals_are_checked_and_never_added(ledger: Write) -> None:
    rows = "예산과,7100000,3\n예산과,11,3\n창조과,2345,4\n합계,7102356,10\n"
    table = rolled(ledger(HEADER + rows))
    assert sums(table) == {"예산과": 7_100_011, "창조과": 2345}
    assert [total.row.amount("budget") for total in table.totals] == [7_102_356]
    assert table.findings == ()


def test_a_total_that_does_not_add_up_is_found(ledger: Write) -> None:
    rows = "예산과,7100000,3\n예산과,11,3\n창조과,2345,4\n합계,9999999,10\n"
    table = rolled(ledger(HEADER + rows))
    assert [found.code for found in table.findings] == ["total_mismatch"]


def test_subtotals_in_a_column_that_is_added_up_are_left_out(ledger: Write) -> None:
    path = ledger(
        "부서,세부사업,예산현액,지출액\n"
        "예산과,가,7100000,1\n예산과,나,11,1\n예산과,소계,7100011,2\n"
        "창조과,다,2345,1\n창조과,라,1,1\n창조과,,2346,2\n"
    )
    table = rolled(path)
    assert sums(table) == {"예산과": 7_100_011, "창조과": 2346}
    assert len(table.totals) == 2


def test_names_that_only_sound_like_totals_are_added(ledger: Write) -> None:
    path = ledger(
        "부서,회계,예산현액,지출액\n통계과,일반회계,7100000,1\n통계과,특별회계,11,1\n회계과,기금,1,1\n"
    )
    assert sums(rolled(path)) == {"통계과": 7_100_011, "회계과": 1}


REPEATED = "부서,세부사업,예산현액,지출액\n예산과,가,7100000,1\n,나,11,1\n창조과,다,2345,1\n"


def test_a_name_left_blank_where_it_repeats_is_not_rolled_up(ledger: Write) -> None:
    with pytest.raises(TableError, match="left blank where it repeats"):
        rolled(ledger(REPEATED))


def test_what_cannot_be_rolled_up_is_held_unless_an_engine_was_named(
    ledger: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetcli.rollup.choice._LARGE", 10)
    path = ledger(REPEATED)
    assert sums(load(path, options=LoadOptions())) == {
        "예산과 · 가": 7_100_000,
        "예산과 · 나": 11,
        "창조과 · 다": 2345,
    }


SNAPSHOTS = (
    "기준일,부서,예산현액,지출액\n20240630,예산과,7100000,1\n20240630,창조과,100,1\n"
    "20240731,예산과,7100000,3\n20240731,예산과,11,3\n"
)


def test_states_as_of_a_day_are_not_added_over_days(ledger: Write) -> None:
    tables = load_all(ledger(SNAPSHOTS), options=LoadOptions(engine="duckdb"))
    assert [(str(table.as_of), sums(table)) for table in tables] == [
        ("2024-06-30", {"예산과": 7_100_000, "창조과": 100}),
        ("2024-07-31", {"예산과": 7_100_011}),
    ]


@pytest.mark.parametrize("word", ["집행일", "지출일", "paid_on"])
def test_payments_with_dates_of_their_own_are_added(ledger: Write, word: str) -> None:
    path = ledger(SNAPSHOTS.replace("기준일", word))
    assert sums(rolled(path), "spent") == {"예산과": 7, "창조과": 1}


def test_files_whose_columns_stand_in_another_order_are_added_by_name(ledger: Write) -> None:
    header = "기준일,부서,예산현액,지출액\n"
    one = ledger(header + "20240731,예산과,7100000,3\n", "a.csv")
    other = ledger("기준일,지출액,부서,예산현액\n20240731,5,예산과,11\n", "b.csv")
    table = rolled(one, other)
    assert (sums(table), sums(table, "spent")) == ({"예산과": 7_100_011}, {"예산과": 8})


def test_the_tenth_file_that_lacks_a_column_is_named(ledger: Write, tmp_path: Path) -> None:
    header = "기준일,부서,예산현액,지출액\n"
    for number in range(9):
        ledger(header + f"20240731,예산과,{7100000 + number},3\n", f"many/{number}.csv")
    ledger("기준일,부서,예산현액\n20240731,예산과,11\n", "many/9.csv")
    with pytest.raises(SourceError, match=r"9\.csv: it has no column 지출액"):
        rolled(str(tmp_path / "many" / "*.csv"))


def test_rows_are_chosen_by_a_column_that_is_not_grouped_by(ledger: Write) -> None:
    path = ledger(
        "부서,회계,예산현액,지출액\n예산과,일반,7100000,1\n예산과,기금,11,1\n창조과,기금,1,1\n"
    )
    table = rolled(path, where={"회계": ("기금",)})
    assert sums(table)["예산과 · 기금"] == 11
    assert table.counts.used == 2


def test_a_column_asked_for_that_is_not_there_is_told(ledger: Write) -> None:
    with pytest.raises(TableError, match="no column is called"):
        rolled(ledger(SNAPSHOTS), by=("시군구",))


@pytest.mark.parametrize("end", ["", "\n", ",9,9"])
def test_a_last_line_without_end_is_no_row_that_is_lost(ledger: Write, end: str) -> None:
    """DuckDB would pass over it without a word, however many amounts stand behind its name."""
    path = ledger(f"{HEADER}가과,100,50\n나과,200,80\n{'a' * 70_000_000}{end}")
    with pytest.raises(SourceError, match="a line of it is longer than 2 MB"):
        rolled(path)


def test_the_engine_s_own_progress_bar_is_never_drawn(tmp_path: Path) -> None:
    """It would stand in the answer, on stdout, of a roll-up that takes seconds."""
    with closing(DuckDB(tmp_path)) as engine:
        asked = engine._connection.execute("SELECT current_setting('enable_progress_bar')")
        assert asked.fetchall() == [(False,)]


def test_names_in_letters_of_their_own_say_total_too(ledger: Write) -> None:
    rows = "예산과,가,7100000,3\n예산과,나,11,3\n"
    total = unicodedata.normalize("NFD", "합계")
    path = ledger(f"부서,세부사업,예산현액,지출액\n{rows}예산과,{total},7100011,6\n")
    assert sums(rolled(path)) == {"예산과": 7_100_011}


def test_a_name_that_ends_like_a_total_is_none(ledger: Write) -> None:
    rows = "".join(f"예산과,{name},7,1\n" for name in ("일반회계", "인구통계", "종합", "(연합)"))
    path = ledger(f"부서,세부사업,예산현액,지출액\n예산과,가,7100000,3\n{rows}")
    assert sums(rolled(path)) == {"예산과": 7_100_028}


def test_a_total_told_by_a_column_of_another_kind_is_none_of_the_rows(ledger: Write) -> None:
    rows = "A,예산과,7100000,3\nA,창조과,11,3\n합계,,7100011,6\n"
    table = rolled(ledger(f"구분,부서,예산현액,지출액\n{rows}"))
    assert sums(table) == {"예산과": 7_100_000, "창조과": 11}
