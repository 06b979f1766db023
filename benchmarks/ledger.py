"""A ledger with known exact sums, and how long and in how much memory programs add it up.

    python benchmarks/ledger.py [--rows N] [--rounds N] [--write]

Whole processes, in turn; every answer is held against the sums Python's integers made.
`--write` puts the table into docs/performance.md. Exit status 1 where budgetcli's sums are wrong.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_START, _END = "<!-- measured -->", "<!-- end -->"
_DIVISIONS = 1000
_BAD = ("미정", "N/R", "1_000", "12..5")
_BAD_SHARE, _GROUPED_SHARE = 0.001, 0.2
_BATCH = 100_000

Sums = dict[str, int]

_BUDGETCLI = """
import csv, io, json, subprocess, sys
words = [sys.executable, "-m", "budgetcli", "-q", "summary", sys.argv[1], "--by", "division",
         "--format", "csv", "--lang", "en"]
out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
rows = csv.DictReader(io.StringIO(out))
print(json.dumps({r["division"]: int(r["budget"]) for r in rows if r["division"] != "total"}))
"""
# what has no amount is skipped without a word by the three below: they are the bare work
_DUCKDB = """
import duckdb, json, sys
duckdb.sql("SET enable_progress_bar = false")  # it would stand in the answer
columns = {"부서": "VARCHAR", "예산현액": "VARCHAR", "지출액": "VARCHAR"}
found = duckdb.sql(f'''SELECT "부서", sum(TRY_CAST(replace("예산현액", ',', '') AS DECIMAL(38, 0))),
  sum(TRY_CAST("지출액" AS DECIMAL(38, 0)))
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
sums = frame.groupby("부서")["예산현액"].sum()
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


class Contender(NamedTuple):
    """A program that prints each division's budget as JSON, and the module it needs."""

    name: str
    program: str
    module: str


CONTENDERS = (
    Contender("budgetcli, exact and guarded", _BUDGETCLI, "budgetcli"),
    Contender("DuckDB, strict, exact", _DUCKDB, "duckdb"),
    Contender("pandas, float", _PANDAS, "pandas"),
    Contender("Polars, exact", _POLARS, "polars"),
)


class Run(NamedTuple):
    """One process: seconds, peak megabytes of it and its children, and what it answered."""

    seconds: float
    megabytes: float
    sums: Sums


def write_ledger(path: Path, rows: int, seed: int = 1) -> Sums:
    """Write division, budget, spent; give the budgets' exact sums by division.

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
    return sums


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


def measured(contender: Contender, path: Path) -> Run:
    """Run it once in a process of its own."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", contender.program, path], stdout=out)
        seen = _peak(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, contender.name)
        out.seek(0)
        return Run(seconds, seen, json.loads(out.read()))


def _peak(process: subprocess.Popen[bytes]) -> float:
    """Wait for it; the largest of its processes, which the kernel counts in kilobytes."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss / 1024


def table(runs: dict[str, list[Run]], expected: Sums) -> str:
    """Medians as Markdown, each held against DuckDB."""
    seconds = {
        name: statistics.median(run.seconds for run in found) for name, found in runs.items()
    }
    base = seconds[CONTENDERS[1].name]
    lines = ["| program | s | × DuckDB | peak MB | wrong sums |", "|---|---|---|---|---|"]
    for name, found in runs.items():
        most = max(run.megabytes for run in found)
        wrong = _wrong(found[0].sums, expected)
        lines.append(
            f"| {name} | {seconds[name]:.2f} | {seconds[name] / base:.2f} | {most:.0f} | {wrong} |"
        )
    return "\n".join(lines)


def _wrong(sums: Sums, expected: Sums) -> int:
    return sum(sums.get(name) != value for name, value in expected.items())


def compared(rows: int, rounds: int) -> tuple[str, int]:
    """The table for a ledger of so many rows, and how many of budgetcli's sums are wrong."""
    there = [one for one in CONTENDERS if importlib.util.find_spec(one.module)]
    runs: dict[str, list[Run]] = {one.name: [] for one in there}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        expected = write_ledger(path, rows)
        size = path.stat().st_size / 1e6
        before = os.getloadavg()[0]
        for _ in range(rounds):
            for one in there:
                runs[one.name].append(measured(one, path))
    said = (
        f"{rows:,} rows, {size:.0f} MB of CSV, {len(expected)} divisions, the largest sum "
        f"{max(expected.values()) / 2**63:.0f} × 2^63; medians of {rounds}, in turn, on "
        f"{os.cpu_count()} cores; load before and after: {before:.1f}, {os.getloadavg()[0]:.1f}."
    )
    ours = _wrong(runs[CONTENDERS[0].name][0].sums, expected)
    return f"{said}\n\n{table(runs, expected)}\n", ours


def main() -> int:
    """Measure, print, and on demand write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = parser.parse_args()
    text, wrong = compared(asked.rows, asked.rounds)
    print(text)
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        above, below = page.partition(_START)[0], page.partition(_END)[2]
        PAGE.write_text(f"{above}{_START}\n{text}{_END}{below}", encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
