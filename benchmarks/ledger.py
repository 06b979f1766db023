"""Ledgers with known exact sums, and how long and in how much memory programs add them up.

    python benchmarks/ledger.py [--rows N] [--rounds N] [--keep FOLDER] [--write]

Delimited text of N rows, Parquet of ten times as many, text of N / 10 and 5 N rows for growth, and
the 39-day panel of ../shared/data where that is. Whole processes, in turn; every answer is held
against the sums Python's integers made. `--keep` leaves the ledgers in a folder, and takes them
from there the next time. `--write` puts the tables into docs/performance.md. Exit status 1 where
budgetcli's sums are wrong.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import io
import itertools
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_START, _END = "<!-- measured -->", "<!-- end -->"
_DIVISIONS = 1000
_BAD = ("미정", "N/R", "1_000", "12..5")
_BAD_SHARE, _GROUPED_SHARE = 0.001, 0.2
_BATCH = 100_000
_TIMES_PARQUET = 10
_TIMES_MORE = 5
_REAL_FILES = Path(__file__).parents[2] / "shared" / "data"
_PANEL = _REAL_FILES / "lofin_jeonbuk_daily" / "panel_20260629_20260821.csv.gz"
_PANEL_DAY = "20260821"

Sums = dict[str, int]

# what has no amount is skipped without a word by the programs below: they are the bare work
_DUCKDB = """
import duckdb, json, sys
duckdb.sql("SET enable_progress_bar = false")  # it would stand in the answer
columns = {"부서": "VARCHAR", "예산현액": "VARCHAR", "지출액": "VARCHAR"}
found = duckdb.sql(f'''SELECT "부서", sum(TRY_CAST(replace("예산현액", ',', '') AS DECIMAL(18, 0))),
  sum(TRY_CAST("지출액" AS DECIMAL(18, 0)))
  FROM read_csv('{sys.argv[1]}', auto_detect=false, header=true, delim=',', quote='"',
  columns={columns}) GROUP BY 1''').fetchall()
print(json.dumps({name: int(budget) for name, budget, _ in found}))
"""
_PANDAS = """
import json, pandas, sys
frame = pandas.read_csv(sys.argv[1], dtype=str)
for name in ("예산현액", "지출액"):
    text = frame[name].str.replace(",", "")
    frame[name] = pandas.to_numeric(text, errors="coerce").astype(float)
sums = frame.groupby("부서")[["예산현액", "지출액"]].sum()["예산현액"]
print(json.dumps({name: int(value) for name, value in sums.items()}))
"""
_POLARS = """
import json, polars, sys
money = lambda name: polars.col(name).str.replace_all(",", "").cast(
    polars.Decimal(38, 0), strict=False)
frame = polars.scan_csv(sys.argv[1], infer_schema=False)
found = frame.group_by("부서").agg(money("예산현액").sum(), money("지출액").sum())
found = found.collect(engine="streaming")
print(json.dumps({row[0]: int(row[1]) for row in found.iter_rows()}))
"""
_DUCKDB_PARQUET = """
import duckdb, json, sys
duckdb.sql("SET enable_progress_bar = false")
found = duckdb.sql(f'''SELECT "부서", sum("예산현액"), sum("지출액")
  FROM read_parquet('{sys.argv[1]}') GROUP BY 1''').fetchall()
print(json.dumps({name: int(budget) for name, budget, _ in found}))
"""
_POLARS_PARQUET = """
import json, polars, sys
money = lambda name: polars.col(name).cast(polars.Decimal(38, 0)).sum()
found = polars.scan_parquet(sys.argv[1]).group_by("부서").agg(money("예산현액"), money("지출액"))
found = found.collect(engine="streaming")
print(json.dumps({row[0]: int(row[1]) for row in found.iter_rows()}))
"""
_DUCKDB_PANEL = """
import csv, duckdb, gzip, json, sys
duckdb.sql("SET enable_progress_bar = false")
with gzip.open(sys.argv[1], "rt") as rows:
    columns = {name: "VARCHAR" for name in next(csv.reader(rows))}
money = ", ".join(f"sum(CAST({name} AS DECIMAL(18, 0)))"
  for name in ("bdg_cash_amt", "ep_amt", "cpl_amt"))
found = duckdb.sql(f'''SELECT laf_hg_nm, {money} FROM read_csv('{sys.argv[1]}', auto_detect=false,
  header=true, delim=',', quote='"', columns={columns})
  WHERE exe_ymd = '20260821' GROUP BY 1''').fetchall()
print(json.dumps({name: int(budget) for name, budget, *_ in found}))
"""
_PACK = """
import duckdb, sys
duckdb.sql("SET enable_progress_bar = false")
print(duckdb.execute(f'''COPY (
  SELECT "부서", CAST(replace("예산현액", ',', '') AS DECIMAL(18, 0)) AS "예산현액",
  CAST("지출액" AS DECIMAL(18, 0)) AS "지출액"
  FROM read_csv({[sys.argv[1]] * int(sys.argv[2])}, all_varchar=true)
  WHERE regexp_full_match("예산현액", '[0-9,]+')) TO '{sys.argv[3]}' ''').fetchone()[0])
"""


class Contender(NamedTuple):
    """A program: what Python is started with before the file's name, and behind it."""

    name: str
    module: str
    words: tuple[str, ...]
    flags: tuple[str, ...] = ()
    read: Callable[[str], Sums] = json.loads


def _rows_of(text: str, by: str) -> Sums:
    rows = csv.DictReader(io.StringIO(text))
    return {row[by]: int(row["budget"]) for row in rows if row[by] != "total"}


def _ours(by: str) -> Contender:
    return Contender(
        "budgetcli, exact and guarded",
        "budgetcli",
        ("-m", "budgetcli", "-q", "summary"),
        ("--by", by, "--format", "csv", "--lang", "en"),
        partial(_rows_of, by=by),
    )


OURS = _ours("division")
TEXT = (
    OURS,
    Contender("DuckDB, strict, exact", "duckdb", ("-c", _DUCKDB)),
    Contender("pandas, float", "pandas", ("-c", _PANDAS)),
    Contender("Polars, exact", "polars", ("-c", _POLARS)),
)
PARQUET = (
    OURS,
    Contender("DuckDB, strict, exact", "duckdb", ("-c", _DUCKDB_PARQUET)),
    Contender("Polars, exact", "polars", ("-c", _POLARS_PARQUET)),
)
PANEL = (
    _ours("laf_hg_nm"),
    Contender("DuckDB, strict, exact", "duckdb", ("-c", _DUCKDB_PANEL)),
)


class Run(NamedTuple):
    """One process: seconds on the clock and of the processor, peak megabytes, its answer."""

    seconds: float
    processor: float
    megabytes: float
    sums: Sums


class Made(NamedTuple):
    """A ledger, its rows and the exact sums of its budgets by division."""

    path: Path
    rows: int
    sums: Sums

    def said(self) -> str:
        """What it holds."""
        size = self.path.stat().st_size / 1e6
        largest = max(self.sums.values()) / 2**63
        return f"{self.rows:,} rows, {size:,.0f} MB, the largest sum {largest:,.0f} × 2^63"


def write_ledger(path: Path, rows: int, seed: int = 1) -> tuple[int, Sums]:
    """Write division, budget, spent; give the rows and the budgets' exact sums by division.

    Amounts go beyond 2^53 and, from some ten thousand rows on, sums beyond
    2^63; divisions follow Zipf's law; some cells have commas, some are none.
    """
    chance, sums = random.Random(seed), Sums()
    names = [f"{kind}{number}과" for number, kind in zip(range(_DIVISIONS), _kinds(), strict=False)]
    weights = list(itertools.accumulate(1 / (n + 1) for n in range(_DIVISIONS)))
    with path.open("w", encoding="utf-8") as stream:
        stream.write("부서,예산현액,지출액\n")
        for start in range(0, rows, _BATCH):
            count = min(_BATCH, rows - start)
            for name in chance.choices(names, cum_weights=weights, k=count):
                stream.write(_line(chance, name, sums))
    return rows, sums


def _kinds() -> itertools.cycle[str]:
    return itertools.cycle(("예산", "세정", "도시", "복지", "문화", "교통", "환경", "농정"))


def _line(chance: random.Random, name: str, sums: Sums) -> str:
    spent = chance.randrange(10**6)
    kind = chance.random()
    if kind < _BAD_SHARE:
        return f"{name},{chance.choice(_BAD)},{spent}\n"
    digits = chance.randrange(10**6, 10**17)
    sums[name] = sums.get(name, 0) + digits
    budget = f'"{digits:,}"' if kind < _GROUPED_SHARE else str(digits)
    return f"{name},{budget},{spent}\n"


def kept(path: Path, make: Callable[[Path], tuple[int, Sums]]) -> Made:
    """A ledger that was made before, else made now; its rows and sums are noted beside it."""
    note = path.with_suffix(f"{path.suffix}.json")
    if not note.exists():
        note.write_text(json.dumps(make(path)), encoding="utf-8")
    return Made(path, *json.loads(note.read_text(encoding="utf-8")))


def repeated(path: Path, made: Made, times: int) -> tuple[int, Sums]:
    """The same rows so many times over."""
    with path.open("wb") as out:
        for number in range(times):
            with made.path.open("rb") as rows:
                header = rows.readline()
                out.write(b"" if number else header)
                shutil.copyfileobj(rows, out, 1 << 20)
    return times * made.rows, {name: times * value for name, value in made.sums.items()}


def as_parquet(path: Path, made: Made, times: int) -> tuple[int, Sums]:
    """The rows with an amount so many times over, amounts as numbers."""
    # in a process of its own: what this one holds would be counted in its children's peaks
    words = [sys.executable, "-c", _PACK, str(made.path), str(times), str(path)]
    rows = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return int(rows), {name: times * value for name, value in made.sums.items()}


def measured(contender: Contender, path: Path) -> Run:
    """Run it once in a process of its own."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        words = [sys.executable, *contender.words, str(path), *contender.flags]
        process = subprocess.Popen(words, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, contender.name)
        out.seek(0)
        sums = contender.read(out.read().decode())
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, sums)


def compared(made: Made, contenders: Sequence[Contender], rounds: int) -> dict[str, list[Run]]:
    """Every program that is installed, in turn, after a round that only warms up."""
    there = [
        one
        for one in contenders
        if one.module == OURS.module or importlib.util.find_spec(one.module)
    ]
    runs: dict[str, list[Run]] = {one.name: [] for one in there}
    for number in range(rounds + 1):
        for one in there:
            run = measured(one, made.path)
            if number:
                runs[one.name].append(run)
    return runs


def table(runs: dict[str, list[Run]], expected: Sums) -> str:
    """Medians as Markdown, each held against DuckDB."""
    clock = {name: statistics.median(run.seconds for run in found) for name, found in runs.items()}
    work = {name: statistics.median(run.processor for run in found) for name, found in runs.items()}
    base = TEXT[1].name
    lines = [
        "| program | s | × DuckDB | processor s | × DuckDB | peak MB | wrong sums |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, found in runs.items():
        most = max(run.megabytes for run in found)
        wrong = _wrong(found[0].sums, expected)
        lines.append(
            f"| {name} | {clock[name]:.2f} | {clock[name] / clock[base]:.2f} | {work[name]:.2f} "
            f"| {work[name] / work[base]:.2f} | {most:.0f} | {wrong} |"
        )
    return "\n".join(lines)


def growth(runs: Sequence[tuple[Made, list[Run]]]) -> str:
    """How budgetcli's time and memory grow with the rows, as Markdown."""
    lines = ["| rows | s | processor s | peak MB | wrong sums |", "|---|---|---|---|---|"]
    for made, found in runs:
        seconds = statistics.median(run.seconds for run in found)
        work = statistics.median(run.processor for run in found)
        most = max(run.megabytes for run in found)
        wrong = _wrong(found[0].sums, made.sums)
        lines.append(f"| {made.rows:,} | {seconds:.2f} | {work:.2f} | {most:.0f} | {wrong} |")
    return "\n".join(lines)


def _wrong(sums: Sums, expected: Sums) -> int:
    return sum(sums.get(name) != value for name, value in expected.items())


def all_of_it(folder: Path, rows: int, rounds: int) -> tuple[str, int]:
    """All tables, and how many of budgetcli's sums are wrong."""
    made = kept(folder / f"{rows}.csv", partial(write_ledger, rows=rows))
    less = kept(folder / f"{rows // 10}.csv", partial(write_ledger, rows=rows // 10))
    more = kept(folder / f"{rows}-more.csv", partial(repeated, made=made, times=_TIMES_MORE))
    typed = kept(folder / f"{rows}.parquet", partial(as_parquet, made=made, times=_TIMES_PARQUET))
    before = os.getloadavg()[0]
    text = compared(made, TEXT, rounds)
    parquet = compared(typed, PARQUET, rounds)
    grown = [
        (less, [measured(OURS, less.path) for _ in range(rounds)]),
        (made, text[OURS.name]),
        (more, [measured(OURS, more.path) for _ in range(rounds)]),
    ]
    parts = [
        f"**Delimited text**: {made.said()}.",
        table(text, made.sums),
        f"**Parquet**, amounts held as numbers: {typed.said()}.",
        table(parquet, typed.sums),
        "**Growth**, delimited text.",
        growth(grown),
    ]
    ours = [(parquet[OURS.name], typed), *((found, one) for one, found in grown)]
    if _PANEL.exists():
        days = _panel()
        found = compared(days, PANEL, rounds)
        parts += [
            f"**States of 39 days**, gzip, the last one by municipality: {days.rows:,} rows.",
            table(found, days.sums),
        ]
        ours.append((found[OURS.name], days))
    load = f"{before:.1f}, {os.getloadavg()[0]:.1f}"
    head = (
        f"{_machine()}; medians of {rounds}, in turn; load before and after: {load}. "
        "Where others work beside, processor seconds tell more."
    )
    wrong = sum(_wrong(runs[0].sums, one.sums) for runs, one in ours)
    return "\n\n".join([head, *parts]) + "\n", wrong


def _panel() -> Made:
    """The panel, and its last day's sums by municipality."""
    sums, count = Sums(), 0
    with gzip.open(_PANEL, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            count += 1
            if row["exe_ymd"] == _PANEL_DAY:
                name = row["laf_hg_nm"]
                sums[name] = sums.get(name, 0) + int(row["bdg_cash_amt"])
    return Made(_PANEL, count, sums)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def main() -> int:
    """Measure, print, and on demand write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="of the ledgers")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text, wrong = all_of_it(asked.keep or Path(folder), asked.rows, asked.rounds)
    print(text)
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        above, below = page.partition(_START)[0], page.partition(_END)[2]
        PAGE.write_text(f"{above}{_START}\n{text}{_END}{below}", encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
