"""The Korean catalogue: whole, in step with the source, compiled, and what a user really reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from gettext import GNUTranslations
from io import BytesIO

import click
import pytest
from babel.messages.catalog import Catalog

from budgetcli.cli.commands import COMMANDS
from budgetcli.cli.root import program
from budgetcli.cli.shells import SHELLS
from budgetcli.fields import FIELDS
from budgetcli.i18n import say, use_language
from budgetcli.recognise.dates import find_as_of
from budgetcli.recognise.units import find_unit
from budgetcli.target_schedules import SCHEDULES
from budgetcli.views import PICTURE_FORMATS, format_names
from budgetcli.views.picture import KINDS
from tests.conftest import Run
from tools import catalogue

KOREAN = catalogue.committed()


def test_every_sentence_has_its_korean_and_none_is_unused() -> None:
    assert catalogue.complaints(catalogue.updated(catalogue.committed())) == []


def test_the_committed_po_is_what_the_tool_writes() -> None:
    assert catalogue.PO.read_bytes() == catalogue.written(catalogue.updated(catalogue.committed()))


def test_the_committed_mo_is_what_the_po_compiles_to() -> None:
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.committed())


def test_extraction_sees_every_sentence_of_the_source() -> None:
    """One within an f-string, or with a text that is no literal, would stay English."""
    keys = {catalogue.texts(entry.id) for entry in catalogue.entries(catalogue.extracted())}
    assert set(said_in_source()) == keys


def said_in_source() -> Iterator[tuple[str, ...]]:
    for path in sorted((catalogue.ROOT / "budgetcli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="say"), args=[text]):
                    yield (ast.literal_eval(text),)
                case ast.Call(func=ast.Name(id="say_count"), args=[one, many, _]):
                    yield ast.literal_eval(one), ast.literal_eval(many)


@pytest.mark.parametrize(
    ("korean", "complaint"),
    [
        ("{name}: {count}개", []),
        ("", ["untranslated: '{count} of {name}'"]),
        ("{count}개", ["other placeholders: '{count} of {name}'"]),
        ("{name}: {count}개 {kind}", ["other placeholders: '{count} of {name}'"]),
    ],
)
def test_the_tool_complains_of_what_a_translator_must_do(korean: str, complaint: list[str]) -> None:
    words = Catalog(locale="ko")
    words.add("{count} of {name}", korean)
    assert catalogue.complaints(words) == complaint


def test_a_fuzzy_entry_is_complained_of_and_not_compiled() -> None:
    words = Catalog(locale="ko")
    words.add("total", "합계", flags=["fuzzy"])
    assert catalogue.complaints(words) == ["fuzzy: 'total'"]
    assert "합계".encode() not in catalogue.compiled(words)


def test_an_entry_the_source_no_longer_has_is_named_and_removed() -> None:
    words = catalogue.committed()
    words.add("zzz qqq jjj", "옛말")
    words = catalogue.updated(words)
    assert "unused, removed: 'zzz qqq jjj'" in catalogue.complaints(words)
    assert "옛말".encode() not in catalogue.written(words)


def test_sentences_of_click_are_kept() -> None:
    kept = catalogue.updated(catalogue.committed())
    assert [entry.id for entry in catalogue.entries(kept) if catalogue.is_click(entry)] == [
        entry.id for entry in catalogue.entries(KOREAN) if catalogue.is_click(entry)
    ]


def test_one_korean_sentence_serves_every_number() -> None:
    words = GNUTranslations(BytesIO(catalogue.MO.read_bytes()))
    one, many = "{count} of {all} is below {target}", "{count} of {all} are below {target}"
    assert words.ngettext(one, many, 1) == words.ngettext(one, many, 2) != one


def test_no_particle_hangs_on_the_last_sound_of_a_value() -> None:
    """What fills the braces may end in a vowel or not: 은(는), 이(가), or none."""
    particle = re.compile(r"\}['\")]*(?:은|는|이|가|을|를|과|와|로|으로|라는|이라는)(?![가-힣(])")
    assert [text for text in korean_texts() if particle.search(text)] == []


def test_every_translation_is_korean() -> None:
    same_in_both = re.compile(r"pip install .*|(?:\{\w+\}[:;. =÷]*)+")
    latin = [text for text in korean_texts() if text and not re.search("[가-힣]", text)]
    assert [text for text in latin if not same_in_both.fullmatch(text)] == []


def korean_texts() -> list[str]:
    return [text for entry in catalogue.entries(KOREAN) for text in catalogue.texts(entry.string)]


def test_the_caption_is_read_back() -> None:
    use_language("ko")
    unit = find_unit(f"({say('unit: {unit}', unit='백만원')} · 그 밖)")
    assert unit is not None
    assert unit.factor == 10**6
    assert find_unit(str(say("unit: not stated"))) is None
    assert find_as_of([str(say("as of {date}", date="2024-07-31"))]) == (
        date(2024, 7, 31),
        "2024-07-31 기준",
    )


def test_sheets_have_names_a_spreadsheet_takes() -> None:
    use_language("ko")
    names = [str(name) for name in (say("Table"), say("Findings"), say("Source"))]
    assert len(set(names)) == 3
    assert not set("".join(names)) & set("[]:*?/\\")
    assert max(map(len, names)) <= 31


PROGRAM_WORDS = {
    *(
        "budgetcli",
        "x",
        "thousand",
        "million",
        "Spark",
        "Excel",
        "Parquet",
        "tabulate",
        "utf",
        "sig",
        "pace",
        "contingen",
        *SHELLS,
    ),
    *COMMANDS,
    *FIELDS,
    *format_names(),
    *KINDS,
    *(format.name for format in PICTURE_FORMATS),
    *(part for name in SCHEDULES for part in re.findall("[a-z]+", name)),
}


def english_in(text: str) -> list[str]:
    """Latin words that are no flag, no quotation, no NAME and no word of the program's own."""
    left = re.sub(r"'[^']*'|(?<!\w)--?[a-zA-Z][\w-]*|\[[a-z|]+\]|\S*\.\w+|\w+_\w+|%p", " ", text)
    words = re.findall(r"[A-Za-z]+", left)
    return [word for word in words if not word.isupper() and word not in PROGRAM_WORDS]


def test_english_would_be_noticed() -> None:
    said = "budgetcli summary: --top N 'no number' [a|b] Show the first lines (CSV, 백만원)"
    assert english_in(said) == ["Show", "the", "first", "lines"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_korean(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help", "--lang", "ko")
    assert ran.out.startswith("사용법: budgetcli")
    assert english_in(ran.out) == []


def test_every_option_of_every_command_has_korean_help(run: Run) -> None:
    context = click.Context(program)
    for name in COMMANDS:
        command = program.get_command(context, name)
        assert command is not None
        help_of = run(name, "--help", "--lang", "ko").out
        for parameter in command.get_params(context):
            if isinstance(parameter, click.Option):
                after = help_of.split(parameter.opts[-1], 1)[1]
                assert re.search("[가-힣]", after.split("\n  -")[0]), parameter.opts


@pytest.mark.parametrize(
    "words",
    [
        "",
        "sumary",
        "summary --nope",
        "summary --lagging",
        "summary --top x",
        "summary --top 0",
        "summary --top",
        "summary --quiet=1",
        "summary --color red",
        "summary --lang fr",
        "summary nowhere.csv",
        "summary --map budget",
        "summary --map nothing=1",
        "summary --as-of 31.7",
        "summary --unit ell",
        "summary --format nothing",
        "summary --sort nothing",
        "summary --target nothing",
        "summary --fiscal-year-start nothing",
        "summary --encoding-out nothing",
        "summary --table 9",
        "summary --where nothing=1",
        "summary -o nothing.nothing",
        "lagging --below nothing",
        "lagging --below 60 --target 60",
        "show nothing",
        "compare",
    ],
)
def test_errors_are_korean(run: Run, words: str) -> None:
    ran = run("--lang", "ko", *words.split())
    assert (ran.status, ran.out) == (2, "")
    assert [word for word in english_in(ran.err) if word not in words] == []


def test_what_is_explained_is_korean(run: Run) -> None:
    ran = run("lagging", "--below", "60", "--explain", "--format", "table", "--lang", "ko")
    assert ran.status == 0
    assert english_in(ran.out) == []
    assert english_in(ran.err) == []
