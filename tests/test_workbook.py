"""The workbook in a real LibreOffice: it recomputes what we saved, and follows an edit."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from budgetcli.cli import main

Cells = dict[str, list[list[object]]]
Recomputed = Callable[..., list[Cells]]

BUILT_IN = Path(__file__).parents[1] / "data" / "budget_2024.csv"
# LibreOffice believes saved values unless it is told to compute everything when it loads
_ALWAYS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_LIMIT = 180


def read(path: Path) -> Cells:
    """Every sheet's cells, numbers to the twelve digits that doubles and their sums share."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: [
            [_told(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        for name in book.sheet_names
    }


def _told(cell: object) -> object:
    if not isinstance(cell, float) or not math.isfinite(cell) or not cell:
        return cell
    return float(f"{cell:.12g}")


def edited(path: Path, **cells: str) -> Path:
    """A copy in which some numbers of the first sheet are others; nothing else is touched."""
    copy = path.with_stem(f"{path.stem}_edited")
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(copy, "w") as other:
        for name in book.namelist():
            text = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for cell, number in cells.items():
                    old = rf'(<c r="{cell}"[^>]*><v>)[^<]*'.encode()
                    text, count = re.subn(old, rf"\g<1>{number}".encode(), text)
                    assert count == 1
            other.writestr(name, text)
    return copy


@pytest.fixture
def recomputed(tmp_path: Path) -> Recomputed:
    """What LibreOffice makes of workbooks: each loaded, computed anew, and saved as another."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("there is no LibreOffice on this machine: apt install libreoffice-calc-nogui")
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_ALWAYS, encoding="utf-8")

    def convert(*books: Path) -> list[Cells]:
        out = tmp_path / "recomputed"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", out, *books],
            check=True,
            capture_output=True,
            timeout=_LIMIT,
        )
        return [read(out / book.name) for book in books]

    return convert


def report(path: Path, *words: str) -> Path:
    assert main(["report", *words, "-q", "-o", str(path)]) == 0
    return path


def column(cells: Cells, head: str, sheet: str = "Table") -> list[object]:
    """What stands under a head."""
    lines = cells[sheet]
    at = next(line for line, row in enumerate(lines) if head in row)
    return [row[lines[at].index(head)] for row in lines[at + 1 :]]


def test_recomputed_every_cell_is_what_was_saved(recomputed: Recomputed, tmp_path: Path) -> None:
    books = [
        report(tmp_path / "english.xlsx"),
        report(tmp_path / "korean.xlsx", "--lang", "ko"),
        report(tmp_path / "sixty.xlsx", "--target", "60", "--show-unit", "억원"),
        report(tmp_path / "committed.xlsx", "--basis", "committed", "--lang", "en"),
    ]
    for book, cells in zip(books, recomputed(*books), strict=True):
        assert cells == read(book)


def test_names_stay_text(recomputed: Recomputed, tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://example.org","x")', "<script>alert(1)</script>", "+1+1", "قسم"]
    rows = "".join('"{}",100,50\n'.format(name.replace('"', '""')) for name in names)
    (tmp_path / "hostile.csv").write_text(f"부서,예산현액,지출액\n{rows}", encoding="utf-8")
    book = report(tmp_path / "hostile.xlsx", str(tmp_path / "hostile.csv"), "--target", "60")
    (cells,) = recomputed(book)
    assert column(cells, "Division")[:4] == names
    assert cells == read(book)


def test_an_edited_amount_moves_rates_balances_verdicts_total_and_chart(
    recomputed: Recomputed, tmp_path: Path
) -> None:
    """As if the table had said so from the start: 창조산업과 spent 25,000 million won more."""
    text = BUILT_IN.read_text(encoding="utf-8")
    assert "49222,27861,15105," in text
    text = text.replace("49222,27861,15105,", "49222,27861,40105,")
    (tmp_path / "told.csv").write_text(text.replace(",463697,", ",488697,"), encoding="utf-8")
    told = report(tmp_path / "told.xlsx", str(tmp_path / "told.csv"))
    first = report(tmp_path / "first.xlsx")
    assert column(read(first), "Status")[5] == "lagging"
    (after,) = recomputed(edited(first, D13="40105"))
    for head in ("Rate %", "Unspent", "Unpaid", "± points", "Shortfall", "Status", "Spent"):
        assert column(after, head) == column(read(told), head), head
    assert set(column(after, "lagging", "Chart")[:10]) == {0.0}


def test_an_edited_target_moves_every_verdict(recomputed: Recomputed, tmp_path: Path) -> None:
    told = report(tmp_path / "told.xlsx", "--target", "70")
    (after,) = recomputed(edited(report(tmp_path / "first.xlsx", "--target", "60"), B3="70"))
    for head in ("Target %", "± points", "Shortfall", "Status"):
        assert column(after, head) == column(read(told), head), head
    assert after["Year-end"][2][1] == 70.0


def test_won_and_cents_recompute_too(
    recomputed: Recomputed, tmp_path: Path, real_file: Callable[[str], Path]
) -> None:
    books = [
        report(tmp_path / f"{name}.xlsx", str(real_file(path)), *words)
        for name, path, *words in (
            ("won", "lofin_jeonbuk_daily/4511000_2026.json.gz"),
            ("cents", "los_angeles_xlsx/City_Budget_and_Expenditures.xlsx", "--target", "60"),
        )
    ]
    for book, cells in zip(books, recomputed(*books), strict=True):
        assert cells == read(book)
