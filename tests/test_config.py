"""Settings: where files are looked for, who goes first, what a file may say, and on which line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetcli.config import Config, read_config, user_folder
from budgetcli.config_file import ConfigFile
from budgetcli.errors import UserError

Write = Callable[..., None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a project in it, which is the current folder."""
    folder = tmp_path / "home"
    (folder / "project").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.chdir(folder / "project")
    return folder


@pytest.fixture
def write(home: Path) -> Write:
    """Write a budgetcli.toml into a folder of the home folder (default: the project's)."""

    def written(text: str, folder: str = "project") -> None:
        path = home / folder / "budgetcli.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    return written


def refused(where: str) -> str:
    with pytest.raises(UserError) as caught:
        read_config({})
    assert caught.value.where == where
    return str(caught.value)


@pytest.mark.usefixtures("home")
def test_without_a_file_and_a_variable_nothing_is_set() -> None:
    assert read_config({}) == Config()


def test_a_value_knows_its_line(write: Write) -> None:
    write('# ours\n\nsource = "july.csv"\ntarget = 62.5\n')
    assert read_config({}).lines == (
        ("source", "july.csv", "budgetcli.toml:3"),
        ("target", "62.5", "budgetcli.toml:4"),
    )


def test_a_value_over_several_lines_has_its_first(write: Write) -> None:
    write('[columns]\nbudget = [\n  "가",\n  "]",\n]\nspent = """\n나"""\n[targets]\na=1\n')
    assert [(name, where) for name, _, where in read_config({}).lines] == [
        ("targets.a", "budgetcli.toml:9"),
        ("columns.budget", "budgetcli.toml:2"),
        ("columns.spent", "budgetcli.toml:6"),
    ]


@pytest.mark.parametrize("text", ['columns.budget = "가"', 'columns = { budget = ["가"] }'])
def test_a_table_may_stand_in_one_line(write: Write, text: str) -> None:
    write(f"\n{text}\r\n")
    assert read_config({}).words == (("가", "budget"),)
    (own,) = read_config({}).columns
    assert (own.place, own.file) == ("budgetcli.toml:2: columns.budget", "budgetcli.toml")


def test_the_project_goes_before_the_user_and_the_environment_before_both(write: Write) -> None:
    write('unit = "원"\nformat = "csv"\nlanguage = "en"\n', ".config/budgetcli")
    write('unit = "천원"\nformat = "json"\n')
    found = read_config({"BUDGETCLI_UNIT": "백만원", "BUDGETCLI_FORMAT": ""})
    said = {key: found.get(key) for key in ("unit", "format", "language", "source")}
    assert said == {"unit": "백만원", "format": "json", "language": "en", "source": None}
    assert found.plain["unit"].place == "BUDGETCLI_UNIT"
    assert len(found.files) == 2


def test_own_columns_of_both_files_are_known_and_targets_by_name(write: Write) -> None:
    write('[columns]\nbudget="가"\n[targets]\na=1\nb=2\n', ".config/budgetcli")
    write('[columns]\nbudget="나"\n[targets]\nb=3\n')
    found = read_config({})
    assert found.words == (("가", "budget"), ("나", "budget"))
    assert {name: setting.value for name, setting in found.targets.items()} == {"a": "1", "b": "3"}


def test_a_path_starts_from_the_folder_of_its_file(home: Path, write: Write) -> None:
    write('source = "july.csv"\n', "")
    found = read_config({}).plain["source"]
    assert (found.value, found.path) == ("july.csv", str(home / "july.csv"))


@pytest.mark.parametrize("name", ["-", "https://example.org/july.csv"])
def test_what_is_no_path_stays_as_it_is(write: Write, name: str) -> None:
    write(f'source = "{name}"\n', "")
    assert read_config({}).plain["source"].path == name


def test_an_address_is_shown_without_its_secrets(write: Write) -> None:
    write('source = "https://me:secret@example.org/july.csv?key=secret"\n')
    found = read_config({})
    assert found.lines == (("source", "https://example.org/july.csv?...", "budgetcli.toml:1"),)
    assert "secret" in found.plain["source"].path


def test_the_nearest_file_up_to_the_home_folder_counts(home: Path, write: Write) -> None:
    write('unit = "원"', "")
    assert read_config({}).files == (str(home / "budgetcli.toml"),)
    write('unit = "천원"')
    assert read_config({}).files == ("budgetcli.toml",)


def test_nothing_above_the_repositorys_root_counts(home: Path, write: Write) -> None:
    write('unit = "원"', "")
    (home / "project" / ".git").mkdir()
    assert read_config({}) == Config()


def test_outside_of_home_and_repository_the_current_folder_alone_counts(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home.exists()
    shared = tmp_path / "tmp" / "here"
    shared.mkdir(parents=True)
    (shared.parent / "budgetcli.toml").write_text('unit = "원"')
    monkeypatch.chdir(shared)
    assert read_config({}) == Config()
    (shared / "budgetcli.toml").write_text('unit = "천원"')
    assert read_config({}).get("unit") == "천원"


def test_a_folder_that_is_gone_has_no_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = home / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert read_config({}) == Config()


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('\nfromat = "csv"', "2: fromat", "did you mean format?"),
        ('fiscal-year-start = "04-01"', "1: fiscal-year-start", "did you mean fiscal_year_start?"),
        ('qqq = "csv"', "1: qqq", "use one of: source, target, unit, language"),
        ("source = 3", "1: source", "a text is expected, not 3"),
        ("target = true", "1: target", "a text is expected, not True"),
        ('source = " "', "1: source", "a text is expected"),
        ("target = [1]", "1: target", "a text is expected"),
        ("columns = 3", "1: columns", "write [columns] on a line of its own"),
        ("[columns]\n\nbudget = 3", "3: columns.budget", 'budget = ["one header"'),
        ('[columns]\nbudget = ["a", ""]', "2: columns.budget", "a list of them"),
        ("[targets]\n[targets.a]\nb = 1", "2: targets.a", "a text is expected"),
        ('unit = "원"\nunit = "원"', "2", "it is no TOML: Cannot overwrite a value"),
        ('unit = "원\n', "1", "it is no TOML: Illegal character"),
        ('unit = ["원"', "1", "it is no TOML"),
    ],
)
def test_a_mistake_is_told_with_line_and_key(
    write: Write, text: str, where: str, said: str
) -> None:
    write(text)
    assert said in refused(f"budgetcli.toml:{where}")


def test_a_tower_of_brackets_is_refused(write: Write) -> None:
    write("unit = " + "[" * 20_000)
    assert "no TOML" in refused("budgetcli.toml:1")


def test_a_file_that_is_no_text_is_refused(home: Path) -> None:
    (home / "project" / "budgetcli.toml").write_bytes('unit = "원"'.encode("cp949"))
    assert "not UTF-8" in refused("budgetcli.toml:1")


def test_the_line_that_is_no_utf_8_is_named(home: Path) -> None:
    text = "lang = 'ko'\n# 부서\nunit = '원'\n".encode()
    (home / "project" / "budgetcli.toml").write_bytes(text + "columns = '과'".encode("cp949"))
    assert "not UTF-8" in refused("budgetcli.toml:4")


def test_a_field_without_a_header_of_its_own_is_refused(write: Write) -> None:
    write("[columns]\nbudget = []")
    assert "a header's text is expected" in refused("budgetcli.toml:2: columns.budget")


def test_a_file_that_cannot_be_opened_is_told() -> None:
    with pytest.raises(UserError) as caught:
        ConfigFile("went/away.toml", ())
    assert "cannot be opened" in str(caught.value)


def test_a_file_too_large_for_settings_is_refused(write: Write) -> None:
    write("#" * 33_000)
    assert "larger than 32 KB" in refused("budgetcli.toml")


def test_a_value_of_many_lines_is_refused_before_it_takes_long(write: Write) -> None:
    write("unit = '원'\n[columns]\nbudget = [" + "\n'가'," * 200 + "]")
    assert "more than 100 lines" in refused("budgetcli.toml:3")


def test_a_folder_of_that_name_is_refused(home: Path) -> None:
    (home / "project" / "budgetcli.toml").mkdir()
    assert "it is a folder or a device, and no file" in refused("budgetcli.toml")


@pytest.mark.parametrize("base", [None, "/somewhere", " "])
def test_the_users_folder_is_the_one_platformdirs_names(
    home: Path, monkeypatch: pytest.MonkeyPatch, base: str | None
) -> None:
    platformdirs = pytest.importorskip("platformdirs")
    if base is not None:
        monkeypatch.setenv("XDG_CONFIG_HOME", base)
    assert home.exists()
    assert user_folder() == platformdirs.user_config_dir("budgetcli", appauthor=False)


def test_elsewhere_platformdirs_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("platformdirs.user_config_dir", lambda name, **_: f"/Library/{name}")
    assert user_folder() == "/Library/budgetcli"
