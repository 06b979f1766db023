"""Settings as seen from outside: what they change, `budgetcli config`, and what a mistake says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Write = Callable[..., None]
OWN = "사용처,배정재원,나간돈\n가과,100,50\n나과,200,150\n"
OWN_COLUMNS = '[columns]\ndivision = "사용처"\nbudget = "배정재원"\nspent = ["나간돈"]\n'


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file (default: budgetcli.toml) into the current folder, which is an empty one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def written(text: str, name: str = "budgetcli.toml") -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return written


def test_a_users_own_system_is_read_without_map(run: Run, write: Write) -> None:
    write(OWN, "own.csv")
    write(OWN_COLUMNS)
    rows = json.loads(run("summary", "own.csv", "-q", "-f", "json").out)["rows"]
    assert [(row["division"], row["execution_rate"]) for row in rows] == [
        ("가과", 50.0),
        ("나과", 75.0),
    ]


def test_map_goes_before_an_own_word(run: Run, write: Write) -> None:
    write(OWN, "own.csv")
    write(OWN_COLUMNS)
    ran = run("summary", "own.csv", "--map", "spent=배정재원", "-q", "-f", "json")
    assert ran.status == 2  # one column is not both
    ran = run("summary", "own.csv", "--map", "budget=나간돈", "--map", "spent=배정재원", "-q")
    assert ran.out.splitlines()[1].startswith("가과,50,100,")


def test_the_default_source_is_read_and_told(run: Run, write: Write) -> None:
    write(OWN, "own.csv")
    write(f'source = "own.csv"\n{OWN_COLUMNS}')
    ran = run("lagging", "--below", "60")
    assert ran.out.splitlines()[1].startswith("가과,")
    assert "no source named: own.csv is shown, from budgetcli.toml:1" in ran.err


def test_a_source_typed_goes_first(run: Run, write: Write) -> None:
    write('source = "gone.csv"')
    write("부서,예산현액,지출액\n다과,10,5\n", "typed.csv")
    assert "다과" in run("summary", "typed.csv").out


@pytest.mark.parametrize("command", ["summary", "trend", "tables"])
def test_a_default_source_that_is_not_there_says_who_named_it(
    run: Run, write: Write, command: str
) -> None:
    write('unit = "원"\nsource = "gone.csv"')
    ran = run(command)
    assert (ran.status, ran.out) == (2, "")
    assert "gone.csv: cannot be opened" in ran.err
    assert "this source is a setting: budgetcli.toml:2: source" in ran.err


def test_the_default_source_is_never_written_to(run: Run, write: Write) -> None:
    write(OWN, "own.csv")
    write(f'source = "own.csv"\n{OWN_COLUMNS}')
    assert run("summary", "-o", "own.csv").status == 2
    assert Path("own.csv").read_text("utf-8") == OWN


def test_the_settings_file_is_never_written_to(run: Run, write: Write) -> None:
    write('unit = "원"')
    ran = run("config", "-f", "csv", "-o", "budgetcli.toml")
    assert (ran.status, Path("budgetcli.toml").read_text("utf-8")) == (2, 'unit = "원"')


TABLE = "부서,예산현액,지출액\n가과,100,55\n"


def target_of(run: Run, *words: str) -> object:
    ran = run("summary", "t.csv", "-q", "-f", "json", *words)
    return (json.loads(ran.out)["target"] or {}).get("rate")


def test_a_flag_goes_before_the_environment_and_that_before_the_file(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(TABLE, "t.csv")
    assert target_of(run) is None
    write("target = 50.5")
    assert target_of(run) == 50.5
    monkeypatch.setenv("BUDGETCLI_TARGET", "60")
    assert target_of(run) == 60.0
    assert target_of(run, "--target", "70") == 70.0


def test_a_named_target_is_a_number_a_word_or_a_file(run: Run, write: Write) -> None:
    write(TABLE, "t.csv")
    write("부서,목표율\n가과,80%\n", "goals.csv")
    write('[targets]\ncouncil = 62\nyear = "pace"\nowns = "goals.csv"\n')
    assert target_of(run, "--target", "council") == 62.0
    ran = run("lagging", "t.csv", "--target", "owns", "-q", "-f", "json")
    assert json.loads(ran.out)["rows"][0]["target_rate"] == 80.0
    assert run("lagging", "t.csv", "--target", "year", "--as-of", "2024-01-01").status == 0


def test_a_file_of_targets_speaks_the_users_words_too(run: Run, write: Write) -> None:
    write(OWN, "own.csv")
    write("사용처,마땅히\n가과,80%\n나과,70%\n", "goals.csv")
    write(OWN_COLUMNS + 'target_rate = "마땅히"\n')
    ran = run("lagging", "own.csv", "--target", "goals.csv", "-q", "-f", "json")
    assert [row["division"] for row in json.loads(ran.out)["rows"]] == ["가과"]


def test_an_unknown_target_is_told_with_the_settings_own(run: Run, write: Write) -> None:
    write("[targets]\ncouncil = 62\n")
    ran = run("summary", "--target", "counsil")
    assert ran.status == 2
    assert "one of: 'council', 'early-2017'" in ran.err


@pytest.mark.parametrize("words", [["--below", "60"], ["--chronic", "--where", "부서=x"]])
def test_a_line_typed_sets_the_default_target_aside(
    run: Run, write: Write, words: list[str]
) -> None:
    write("target = 50")
    assert "--target" not in run("lagging", *words).err


def test_the_default_format_holds_where_neither_flag_nor_ending_says(
    run: Run, write: Write
) -> None:
    write('format = "jsonl"')
    assert run("summary", "-q").out.startswith('{"')
    assert run("summary", "-q", "-f", "csv").out.startswith("division,")
    run("summary", "-q", "-o", "a.tsv")
    assert Path("a.tsv").read_text("utf-8").startswith("division\t")


def test_the_default_language(run: Run, write: Write) -> None:
    write('language = "ko"')
    assert run("summary", "-q").out.startswith("부서,")
    assert run("summary", "-q", "--lang", "en").out.startswith("division,")
    assert "사용법:" in run("summary", "--help").out


def test_the_default_first_day_of_the_year(run: Run, write: Write) -> None:
    write('fiscal_year_start = "07-01"')
    target = json.loads(run("summary", "-q", "-f", "json").out)["target"]
    assert target["elapsed_days"] == 31


def test_the_default_unit_holds_where_the_table_states_none(run: Run, write: Write) -> None:
    write(TABLE, "t.csv")
    write('unit = "천원"')
    answer = json.loads(run("summary", "t.csv", "-q", "-f", "json").out)
    assert (answer["unit"], answer["rows"][0]["budget"]) == ("천원", 100_000)
    assert json.loads(run("summary", "-q", "-f", "json").out)["unit"] == "백만원"


def test_explain_tells_file_and_settings(run: Run, write: Write) -> None:
    write("target = 50\n")
    said = run("summary", "--explain").err
    assert "settings file: budgetcli.toml" in said
    assert "setting target = 50, from budgetcli.toml:1" in said
    assert "setting" not in run("summary", "--explain", "-q").err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('unit = "x"', "budgetcli.toml:1: unit: 'x' is no unit"),
        ('language = "fr"', "budgetcli.toml:1: language: 'fr' is no language"),
        ('format = "jsn"', "budgetcli.toml:1: format: 'jsn' is no output format"),
        ('fiscal_year_start = "13-01"', "budgetcli.toml:1: fiscal_year_start: '13-01' is no day"),
        ('target = "none.csv"', "budgetcli.toml:1: target: 'none.csv' is no target"),
        ("[targets]\nx = 'none'", "budgetcli.toml:2: targets.x: 'none' is no target"),
        ("[targets]\npace = 3", "budgetcli.toml:2: targets.pace: 'pace' is a target already"),
        ("[columns]\nbugdet = 'x'", "budgetcli.toml:2: columns.bugdet: 'bugdet' is no field"),
        (
            "[columns]\nbudget = 'x y'\nspent = 'X_Y'",
            "budgetcli.toml:3: columns.spent: 'X_Y' is budget already",
        ),
    ],
)
@pytest.mark.parametrize("command", ["summary", "config", "convert"])
def test_a_value_that_cannot_be_is_told_with_line_and_key(
    run: Run, write: Write, text: str, said: str, command: str
) -> None:
    write(text)
    ran = run(command)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"budgetcli: {said}")


def test_a_mistake_in_the_environment_is_told_by_the_variable(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETCLI_UNIT", "x")
    assert run("summary").err.startswith("budgetcli: BUDGETCLI_UNIT: 'x' is no unit")


@pytest.mark.parametrize("words", [["--help"], ["summary", "--help"], ["--version"]])
def test_help_and_version_are_given_in_spite_of_a_mistake(
    run: Run, write: Write, words: list[str]
) -> None:
    write("unit = ")
    assert run(*words).status == 0


def test_config_lists_every_setting_with_who_says_it(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(f"target = 50\n{OWN_COLUMNS}[targets]\ncouncil = 62\n")
    monkeypatch.setenv("BUDGETCLI_FORMAT", "json")
    answer = json.loads(run("config").out)
    assert [(row["setting"], row["value"], row["where"]) for row in answer["rows"]] == [
        ("source", "the built-in table", "default"),
        ("target", "50", "budgetcli.toml:1"),
        ("unit", "as the table states", "default"),
        ("language", "the locale's", "default"),
        ("format", "json", "BUDGETCLI_FORMAT"),
        ("fiscal_year_start", "01-01", "default"),
        ("targets.council", "62", "budgetcli.toml:7"),
        ("columns.division", "사용처", "budgetcli.toml:3"),
        ("columns.budget", "배정재원", "budgetcli.toml:4"),
        ("columns.spent", "나간돈", "budgetcli.toml:5"),
    ]
    assert answer["files"] == ["budgetcli.toml"]


@pytest.mark.parametrize("format", ["table", "csv", "jsonl", "markdown", "html", "github"])
def test_config_answers_in_every_format(run: Run, write: Write, format: str) -> None:
    write("target = 50.25\n")
    assert "50.25" in run("config", "-f", format).out


@pytest.mark.usefixtures("write")
def test_without_a_file_config_says_where_it_would_be(run: Run) -> None:
    said = run("config", "-f", "table").out
    assert "no settings file: it would be budgetcli.toml here, or " in said
    assert "/budgetcli/budgetcli.toml for all you do" in said


def test_a_projects_file_asks_no_address(run: Run, write: Write) -> None:
    write('source = "http://127.0.0.1:9/july.csv"\n')
    ran = run("summary")
    assert ran.status == 2
    assert "budgetcli.toml:1: source: only your own settings file may name an address" in ran.err


def test_the_users_own_file_may_name_an_address(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "config" / "budgetcli"
    own.mkdir(parents=True)
    (own / "budgetcli.toml").write_text('source = "http://127.0.0.1:9/july.csv?key=secret"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    ran = run("config", "-f", "csv")
    assert "http://127.0.0.1:9/july.csv?...," in ran.out
    assert "secret" not in ran.out
    refused = run("summary")
    assert (refused.status, "this source is a setting" in refused.err) == (2, True)
    assert "secret" not in refused.err


def test_what_a_strangers_file_says_moves_no_cursor(run: Run, write: Write) -> None:
    write('[targets]\n"\\u001b[2J" = 50\n')
    ran = run("config", "-f", "table")
    assert "\x1b" not in ran.out
    assert "\\x1b[2J" in ran.out


def test_the_example_of_the_manual_is_a_settings_file(run: Run, write: Write) -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    write(page.partition("```toml\n")[2].partition("```")[0])
    write("부서,목표율\n가과,80%\n", "goals.csv")
    ran = run("config", "-f", "csv", "--lang", "en")
    assert ran.status == 0, ran.err
    assert "targets.by-division,goals.csv,budgetcli.toml:" in ran.out
