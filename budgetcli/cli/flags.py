"""Every flag that several commands share, a family each; `options` puts them on commands."""

from __future__ import annotations

import click

from budgetcli.cli.said import Decorator, option
from budgetcli.cli.typed import (
    day_of,
    first_day,
    keep_color,
    keep_quiet,
    moment,
    once_each,
    pairs,
    patterns,
    speak_in,
    suggested,
    target_typed,
    unit_typed,
)
from budgetcli.config import LANGUAGE_VARIABLE
from budgetcli.i18n import LANGUAGES, Sentence, say

BASES = ("spent", "committed")
ENGINES = ("auto", "memory", "duckdb", "spark")

SETTINGS: tuple[Decorator, ...] = (
    option(
        "--lang",
        type=click.Choice(LANGUAGES),
        envvar=LANGUAGE_VARIABLE,
        expose_value=False,
        is_eager=True,
        callback=speak_in,
        said=say("Language of tables, messages and help (default: the locale's)."),
    ),
    option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        expose_value=False,
        callback=keep_color,
        said=say("When to use colour (default: on a terminal)."),
    ),
    option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=keep_quiet,
        said=say("Say nothing on stderr but errors."),
    ),
)
SOURCE: tuple[Decorator, ...] = (
    option(
        "--table",
        metavar="N|TEXT",
        shell_complete=suggested("tables"),
        said=say("Which table of a document: number or words of its title."),
    ),
    option(
        "--sheet",
        metavar="NAME|N",
        shell_complete=suggested("sheets"),
        said=say("Which sheet of a spreadsheet."),
    ),
    option(
        "--map",
        "columns",
        metavar="FIELD=COLUMN",
        multiple=True,
        callback=pairs,
        shell_complete=suggested("mapping"),
        said=say("Which column holds a field: header text or #N. Repeatable."),
    ),
    option("--no-header", is_flag=True, said=say("The table has no header: use --map FIELD=#N.")),
    option(
        "--unit",
        metavar="UNIT",
        shell_complete=suggested("units"),
        said=say("What a printed 1 is: 원, 천원, 백만원, 억원, thousand, million, 1000."),
    ),
    option("--as-of", metavar="DATE", callback=day_of, said=say("The as-of date (YYYY-MM-DD).")),
    option(
        "--encoding",
        metavar="NAME",
        shell_complete=suggested("encodings"),
        said=say("The text's encoding, where it is not found out."),
    ),
    option(
        "--where",
        metavar="COLUMN=PATTERN",
        multiple=True,
        callback=patterns,
        shell_complete=suggested("conditions"),
        said=say("Only rows whose column fits a shell pattern. Repeatable."),
    ),
    option(
        "--engine",
        type=click.Choice(ENGINES),
        default="auto",
        said=say("Hold the source in memory, or roll it up (default: by its size and form)."),
    ),
    option(
        "--keep-going",
        is_flag=True,
        said=say("Read the other sources where one cannot be read; list those, exit 2."),
    ),
    option(
        "--spark-master",
        metavar="ADDRESS",
        said=say("Where Spark runs: local[2], spark://HOST:PORT, yarn (default: local[*])."),
    ),
)
DATES: tuple[Decorator, ...] = (
    option(
        "--from",
        "first",
        metavar="DATE|YEAR",
        callback=moment,
        said=say("The as-of date of OLD, or its fiscal year."),
    ),
    option(
        "--to",
        "last",
        metavar="DATE|YEAR",
        callback=moment,
        said=say("The as-of date of NEW, or its fiscal year."),
    ),
)
MEASURES: tuple[Decorator, ...] = (
    option(
        "--plan",
        metavar="COLUMN",
        said=say("What is held to, where it is no budget: a column or row, such as 정원."),
    ),
    option(
        "--actual",
        metavar="COLUMN",
        said=say("What is held against it, where it is no spending: such as 현원."),
    ),
)
FILE = option(
    "-o",
    "--output",
    "path",
    metavar="FILE",
    shell_complete=suggested("files"),
    said=say("Write to a file; its ending tells the format."),
)
ENCODING_OUT = option(
    "--encoding-out",
    metavar="NAME",
    default="utf-8",
    shell_complete=suggested("encodings"),
    said=say("Encoding of text written; Excel wants utf-8-sig (default: utf-8)."),
)
LOOKS: tuple[Decorator, ...] = (
    option(
        "--decimals",
        metavar="N",
        type=click.IntRange(0, 10),
        default=1,
        said=say("Decimals of rates, rounded half up (default: 1)."),
    ),
    option(
        "--show-unit",
        metavar="UNIT",
        callback=unit_typed,
        shell_complete=suggested("units"),
        said=say("Show amounts in this unit."),
    ),
    option("--explain", is_flag=True, said=say("Tell on stderr what was inferred, and from what.")),
)


def grouping(said: Sentence) -> Decorator:
    """--by: what names the groups, and in `said` what becomes of them."""
    return option(
        "--by",
        metavar="FIELD|COLUMN",
        multiple=True,
        callback=once_each,
        shell_complete=suggested("grouping"),
        said=said,
    )


QUESTION: dict[str, Decorator] = {
    "by": grouping(say("Group by this instead of division. Repeatable.")),
    "target": option(
        "--target",
        metavar="N|pace|goal|FILE|SCHEDULE|NAME",
        callback=target_typed,
        shell_complete=suggested("targets"),
        said=say(
            "Hold rates against N per cent, the elapsed share of the year (pace), the table's "
            "own goal amounts (goal), a file of targets by division, a published schedule "
            "such as early-2024, or a name from the settings (default: goal where there is one, "
            "else pace)."
        ),
    ),
    "basis": option(
        "--basis",
        type=click.Choice(BASES),
        default="spent",
        said=say("Which rate is held against the target (default: spent)."),
    ),
    "fiscal_year_start": option(
        "--fiscal-year-start",
        metavar="MM-DD",
        callback=first_day,
        said=say("First day of the fiscal year (default: 01-01)."),
    ),
    "sort": option(
        "--sort",
        metavar="KEY",
        said=say(
            "Sort by a key of the JSON rows; -KEY for falling order; "
            "severity: by money behind, then by points."
        ),
    ),
    "top": option(
        "--top",
        metavar="N",
        type=click.IntRange(min=1),
        said=say("Show the first N rows; the total stays whole."),
    ),
}
