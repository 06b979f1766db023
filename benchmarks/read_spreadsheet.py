"""How much dearer reading an XLSX end to end is than calamine's bare read: a ratio to be kept.

Builds its own workbook. Both are run in turn, so that a slow moment of the
machine meets both; the ratio is the median of the turns'. Seconds are the
processor's: what other programs take of it meanwhile is no cost of either, and
neither works in more than one thread. Usage: read_spreadsheet.py [rows [turns]]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

from budgetcli.readers.source import ReadOptions, Source
from budgetcli.readers.spreadsheet import read

BAR = 1.5
HEADER = ("회계연도", "부서", "세부사업", "통계목", "예산현액", "원인행위액", "지출액", "집행률(%)")


def build(path: Path, rows: int) -> None:
    """A ledger of `rows` rows: names that repeat, amounts that do not."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet("세출")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows + 1):
            budget = row * 7_919_000 % 900_000_007
            spent = budget * (row % 97) // 97
            names = (2024, f"제{row % 300}과", f"사업 {row % 9_000}", f"{row % 40 + 100}-01")
            amounts = (budget, budget * 4 // 5, spent, round(spent * 100 / (budget or 1), 1))
            sheet.write_row(row, 0, (*names, *amounts))


def bare(path: Path) -> int:
    """What the library alone needs for all values."""
    return len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python())


def whole(path: Path) -> int:
    """The same file through the reader."""
    return len(read(Source(path.name, path), ReadOptions())[0].rows)


def timed(work: Callable[[Path], int], path: Path) -> float:
    """Processor seconds one run takes."""
    start = time.process_time()
    work(path)
    return time.process_time() - start


def main(rows: int = 50_000, turns: int = 15) -> int:
    """Print both medians and the ratio; 1 where it is over the bar."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        build(path, rows)
        assert bare(path) == whole(path) == rows + 1
        pairs = [(timed(bare, path), timed(whole, path)) for _ in range(turns)]
    library, reader = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(whole / bare for bare, whole in pairs)
    print(f"rows {rows}  calamine {library:.3f} s  reader {reader:.3f} s  ratio {ratio:.2f}")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
