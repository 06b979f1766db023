"""The front door: several sources, dates and years to the one table a question is about."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from budgetcli.errors import NoTableError, SourceError, TableError
from budgetcli.loading import (
    LoadOptions,
    describe_all,
    describe_tables,
    load,
    load_all,
    load_report,
)
from budgetcli.model import BudgetTable, RawTable
from budgetcli.readers import Source
from budgetcli.readers.find import find_sources


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def spent(table: BudgetTable) -> list[int | None]:
    return [row.amount("spent") for row in table.rows]


def said(table: BudgetTable) -> str:
    return "\n".join(str(entry.message) for entry in table.evidence if entry.aloud)


HEAD = "부서,예산현액,지출액\n"


def test_without_a_name_the_built_in_table() -> None:
    assert len(load().rows) == 10


def test_sources_of_one_date_are_parts_of_one_table(tmp_path: Path) -> None:
    names = [write(tmp_path, f"{n}_20240731.csv", f"{HEAD}{n}과,4,{n}\n") for n in (1, 2)]
    table = load(*names)
    assert (spent(table), table.as_of) == ([1, 2], date(2024, 7, 31))


def test_of_several_dates_the_last_is_taken_and_that_is_said(tmp_path: Path) -> None:
    write(tmp_path, "a_20240731.csv", HEAD + "A과,4,2\n")
    write(tmp_path, "b_20240630.csv", HEAD + "A과,4,1\n")
    write(tmp_path, "c.csv", HEAD + "A과,4,9\n")
    table = load(tmp_path)
    assert spent(table) == [2]
    assert "2024-07-31 was taken, not ?, 2024-06-30" in said(table)


YEARS = "Year,Department,Budget,Expenditures\n2017,A,4,1\n2018,A,4,2\n"


def test_of_several_years_the_last_is_taken_and_that_is_said(tmp_path: Path) -> None:
    table = load(write(tmp_path, "y.csv", YEARS))
    assert (table.fiscal_year, spent(table)) == (2018, [2])
    assert "2018 was taken, not 2017" in said(table)


def test_another_year_may_be_asked_for(tmp_path: Path) -> None:
    options = LoadOptions(where={"fiscal_year": ("2017",)})
    assert spent(load(write(tmp_path, "y.csv", YEARS), options=options)) == [1]


def test_grouping_by_year_keeps_all_years(tmp_path: Path) -> None:
    options = LoadOptions(by=("fiscal_year",))
    assert spent(load(write(tmp_path, "y.csv", YEARS), options=options)) == [1, 2]
    wide = write(
        tmp_path, "w.csv", "Dept,Budget 2017,Budget 2018,Spent 2017,Spent 2018\nA,4,4,1,2\n"
    )
    table = load(wide, options=options)
    assert [(row.labels["fiscal_year"], row.amount("spent")) for row in table.rows] == [
        ("2017", 1),
        ("2018", 2),
    ]


def test_a_year_without_spending_gives_way_to_one_that_has_both(tmp_path: Path) -> None:
    table = load(write(tmp_path, "w.csv", "Dept,Budget 2016,Budget 2017,Spent 2016\nA,4,5,1\n"))
    assert (table.fiscal_year, spent(table)) == (2016, [1])


def test_a_condition_that_fits_nowhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no row fits"):
        load(write(tmp_path, "y.csv", YEARS), options=LoadOptions(where={"division": ("Q",)}))


def test_snapshots_come_oldest_first(tmp_path: Path) -> None:
    text = "기준일," + HEAD + "20240731,A과,4,2\n20240630,A과,4,1\n"
    tables = load_all(write(tmp_path, "d.csv", text))
    assert [spent(table) for table in tables] == [[1], [2]]


def test_a_source_without_tables_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> list[RawTable]:
        return []

    monkeypatch.setattr("budgetcli.loading.read", nothing)
    with pytest.raises(TableError, match="no table was found"):
        load()


def test_files_of_a_folder_in_which_nothing_reads_as_a_table_are_skipped_by_name(
    tmp_path: Path,
) -> None:
    write(tmp_path, "a.csv", HEAD + "A과,4,1\n")
    write(tmp_path, "README.md", "# Notes\n\nNothing to count here.\n")
    write(tmp_path, "empty.txt", "")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    for name in (tmp_path, tmp_path / "*"):
        table = load(name)
        assert spent(table) == [1]
        assert "3 files in which nothing reads as a table were skipped" in said(table)
        assert all(file in said(table) for file in ("README.md", "empty.txt", "logo.png"))


def test_a_skipped_file_is_named_once_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "기준일," + HEAD + "20240731,A과,4,2\n20240630,A과,4,1\n")
    path = write(tmp_path, "empty.txt", "")
    notes = [str(entry.message) for entry in load(tmp_path).evidence]
    assert notes.count(f"{path}: the file is empty") == 1


def test_a_file_without_a_table_that_was_named_is_an_error(tmp_path: Path) -> None:
    named = write(tmp_path, "README.md", "# Notes\n")
    table = write(tmp_path, "a.csv", HEAD + "A과,4,1\n")
    with pytest.raises(NoTableError, match="no table was found"):
        load(table, named)


@pytest.mark.parametrize("pattern", [".", "*.md"])
def test_a_folder_in_which_nothing_can_be_read_is_an_error(tmp_path: Path, pattern: str) -> None:
    table = write(tmp_path, "a.csv", HEAD + "A과,4,1\n")
    notes = tmp_path / "notes"
    notes.mkdir()
    write(notes, "README.md", "# Notes\n")
    with pytest.raises(NoTableError, match=r"README\.md: no table was found"):
        load(table, notes / pattern)


def test_a_damaged_file_of_a_folder_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", HEAD + "A과,4,1\n")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04" + bytes(99))
    with pytest.raises(SourceError, match="damaged"):
        load(tmp_path)


def test_the_tables_of_all_files_are_described_and_the_skipped_named(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", HEAD + "A과,4,1\n")
    write(tmp_path, "b.txt", "")
    tables, skipped = describe_all(find_sources(tmp_path))
    assert [table.is_budget for table in tables] == [True]
    assert "b.txt" in str(skipped[0].message)


def test_stacked_tables_are_told_apart(tmp_path: Path) -> None:
    text = "과목,예산현액,수납액\n지방세,100,90\n\n" + HEAD + "A과,4,1\n"
    path = write(tmp_path, "s.csv", text)
    assert spent(load(path)) == [1]
    ((name, tables),) = describe_tables(Source(str(path), path))
    assert (name, [table.is_budget for table in tables]) == (str(path), [False, True])


def test_among_several_sources_as_of_chooses_by_the_dates_they_state(tmp_path: Path) -> None:
    june, july = tmp_path / "june.csv", tmp_path / "july.csv"
    june.write_text("2024-06-30 기준\n부서,예산현액,지출액\n가과,10,4\n", encoding="utf-8")
    july.write_text("2024-07-31 기준\n부서,예산현액,지출액\n가과,10,5\n", encoding="utf-8")
    table = load(june, july, options=LoadOptions(as_of=date(2024, 6, 30)))
    assert [row.amount("spent") for row in table.rows] == [4]
    with pytest.raises(TableError, match="holds no rows"):
        load(june, july, options=LoadOptions(as_of=date(2024, 5, 31)))


def test_as_of_dates_several_sources_that_state_none(tmp_path: Path) -> None:
    parts = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in parts:
        path.write_text(f"부서,예산현액,지출액\n{path.stem}과,10,4\n", encoding="utf-8")
    table = load(*parts, options=LoadOptions(as_of=date(2024, 6, 30)))
    assert (len(table.rows), table.as_of) == (2, date(2024, 6, 30))


def test_a_report_in_a_zip_is_loaded_beside_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "부서,예산현액,지출액\n가과,100,50\n")
        archive.writestr("보고.txt", "주요업무 보고\n ㅇ 정원 30명\n ㅇ 현원 29명\n")
    loaded = load_report(path)
    assert [document.source for document in loaded.documents] == [f"{path}:보고.txt"]
    assert loaded.table is not None
    assert load_report(loaded.documents[0]).documents == loaded.documents


def test_a_report_without_tables_leaves_those_of_another_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "주요업무 보고\n ㅇ 정원 30명\n ㅇ 현원 29명\n", encoding="utf-8"
    )
    table = "| 부서 | 예산현액 | 지출액 |\n|---|---|---|\n| 가과 | 100 | 50 |\n"
    (tmp_path / "b.txt").write_text(f"집행 현황\n\n{table}", encoding="utf-8")
    loaded = load_report(tmp_path / "a.txt", tmp_path / "b.txt")
    assert loaded.table is not None
    assert len(loaded.documents) == 2


REPORTED = "집행 현황\n\n| 부서 | 예산현액 | {} |\n|---|---|---|---|\n| 가과 | 100 | 50 | 60 |\n"


def test_what_no_report_explains_stays_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORTED.format("지출액 | 비고"), encoding="utf-8")
    (tmp_path / "b.csv").write_text("부서,비고\n가과,없음\n", encoding="utf-8")
    with pytest.raises(TableError, match="no row with amounts"):
        load_report(tmp_path / "a.txt", tmp_path / "b.csv")


def test_a_report_of_two_readings_asks_and_is_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORTED.format("지출액 | 집행액"), encoding="utf-8")
    with pytest.raises(TableError, match="2 columns could be expenditure"):
        load_report(tmp_path / "a.txt")


def test_what_is_no_format_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(NoTableError):
        load_report(path)
