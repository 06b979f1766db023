"""Flags that several commands share, one decorator a family; each hands its command one object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

import click

from budgetcli.cli.said import Decorator, option
from budgetcli.config import LANGUAGE_VARIABLE, Config, read_config
from budgetcli.errors import Exit, UserError
from budgetcli.i18n import LANGUAGES, Sentence, say, use_language

if TYPE_CHECKING:
    # what the options become is imported when a command runs: --help needs none of it
    from budgetcli.loading import LoadOptions
    from budgetcli.model import Unit
    from budgetcli.targets import TargetSource

Function = Callable[..., Any]
BASES = ("spent", "committed")
ENGINES = ("auto", "memory", "duckdb", "spark")
_JANUARY_FIRST = "01-01"


class Settings:
    """What may be said before or after the command's name; the last word counts.

    `inputs` are the files named by flags: like the sources they are never written to.
    """

    def __init__(self) -> None:
        self.color = "auto"
        self.quiet = False
        self.inputs: tuple[str, ...] = ()

    @cached_property
    def config(self) -> Config:
        """What settings files and the environment say, checked. Raises UserError."""
        config = read_config()
        if config != Config():
            from budgetcli.cli.settings import check

            check(config)
        return config


def suggested(kind: str) -> Callable[[click.Context, click.Parameter, str], Any]:
    """What `suggest` has of a kind, for completion; imported at a TAB alone."""

    def found(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> Any:
        from budgetcli.cli import suggest

        return getattr(suggest, kind)(ctx, incomplete)

    return found


def settings_options(function: Function) -> Function:
    """--lang, --color, -q: on the program and on every command."""
    for decorate in (
        option(
            "-q",
            "--quiet",
            is_flag=True,
            expose_value=False,
            callback=_set_quiet,
            said=say("Say nothing on stderr but errors."),
        ),
        option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            expose_value=False,
            callback=_set_color,
            said=say("When to use colour (default: on a terminal)."),
        ),
        option(
            "--lang",
            type=click.Choice(LANGUAGES),
            envvar=LANGUAGE_VARIABLE,
            expose_value=False,
            is_eager=True,
            callback=_set_language,
            said=say("Language of tables, messages and help (default: the locale's)."),
        ),
    ):
        function = decorate(function)
    return function


def source_options(function: Function, metavar: str = "[SOURCE]...") -> Function:
    """SOURCE… and everything that says what is what; hands over `names` and `loading`."""

    @wraps(function)
    def collected(
        names: tuple[str, ...],
        table: str | None,
        sheet: str | None,
        columns: dict[str, str],
        no_header: bool,
        unit: str | None,
        as_of: date | None,
        encoding: str | None,
        where: dict[str, tuple[str, ...]],
        engine: str,
        keep_going: bool,
        spark_master: str | None,
        **rest: Any,
    ) -> Any:
        from budgetcli.loading import LoadOptions

        unread: list[UserError] = []
        config = _settings(click.get_current_context()).config
        loading = LoadOptions(
            table,
            sheet,
            columns,
            not no_header,
            unit,
            as_of,
            encoding,
            where,
            words=config.words,
            usual_unit=config.get("unit"),
            engine=engine,
            unread=unread.append if keep_going else None,
            spark_master=_master(engine, spark_master),
        )
        status = function(names=names, loading=loading, **rest)
        return _told_of(unread) if unread else status

    return _decorated(
        collected,
        click.argument("names", metavar=metavar, nargs=-1, shell_complete=suggested("files")),
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
            callback=_pairs,
            shell_complete=suggested("mapping"),
            said=say("Which column holds a field: header text or #N. Repeatable."),
        ),
        option(
            "--no-header", is_flag=True, said=say("The table has no header: use --map FIELD=#N.")
        ),
        option(
            "--unit",
            metavar="UNIT",
            shell_complete=suggested("units"),
            said=say("What a printed 1 is: 원, 천원, 백만원, 억원, thousand, million, 1000."),
        ),
        option(
            "--as-of", metavar="DATE", callback=day_of, said=say("The as-of date (YYYY-MM-DD).")
        ),
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
            callback=_patterns,
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


def _told_of(unread: Sequence[UserError]) -> Exit:
    """Every source that is not in the answer, which is no whole one then."""
    from budgetcli.cli.talk import tell_unread

    tell_unread({f"{problem.where}: {problem.what}": None for problem in unread})
    return Exit.UNUSABLE


def _master(engine: str, master: str | None) -> str:
    if master is not None and engine != "spark":
        raise UserError(
            say("it says where Spark runs, and Spark is not asked for"),
            where="--spark-master",
            next=say("add --engine spark"),
        )
    return master or "local[*]"


def dates_options(function: Function) -> Function:
    """Which two dates or years are compared; hands over `moments`, the old one and the new one."""

    @wraps(function)
    def collected(first: date | int | None, last: date | int | None, **rest: Any) -> Any:
        return function(moments=(first, last), **rest)

    return _decorated(
        collected,
        option(
            "--from",
            "first",
            metavar="DATE|YEAR",
            callback=_moment,
            said=say("The as-of date of OLD, or its fiscal year."),
        ),
        option(
            "--to",
            "last",
            metavar="DATE|YEAR",
            callback=_moment,
            said=say("The as-of date of NEW, or its fiscal year."),
        ),
    )


def measure_options(function: Function) -> Function:
    """--plan and --actual: what is held against each other where it is no budget."""

    @wraps(function)
    def collected(loading: LoadOptions, plan: str | None, actual: str | None, **rest: Any) -> Any:
        return function(loading=loading._replace(plan=plan, actual=actual, measures=True), **rest)

    return _decorated(
        collected,
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


def output_options(
    function: Function, formats: Sentence | None = None, *, whole: bool = False
) -> Function:
    """How it looks and where it goes; hands over `output` and `explain`.

    `formats` is the help of --format where not every format can be asked for;
    `whole` is for what only the formats of a dossier can hold.
    """

    @wraps(function)
    def collected(
        format: str | None,
        path: str | None,
        encoding_out: str,
        decimals: int,
        show_unit: Unit | None,
        explain: bool,
        **rest: Any,
    ) -> Any:
        from budgetcli.cli.output import OutputOptions, refuse_early

        settings = _settings(click.get_current_context())
        settings.inputs += settings.config.files
        usual = None if path else settings.config.get("format")
        output = OutputOptions(
            format or usual, path, encoding_out, decimals, show_unit, whole=whole
        )
        refuse_early(output)
        if explain and not settings.quiet:
            from budgetcli.cli.talk import tell_settings

            tell_settings(settings.config)
        return function(output=output, explain=explain, **rest)

    return _decorated(
        collected,
        option(
            "-f",
            "--format",
            metavar="NAME",
            shell_complete=suggested("formats"),
            said=formats
            or say(
                "table, csv, tsv, json, jsonl, markdown, html, xlsx, parquet or a tabulate format "
                "(default: table on a terminal, csv in a pipe)."
            ),
        ),
        _file_option(),
        option(
            "--encoding-out",
            metavar="NAME",
            default="utf-8",
            shell_complete=suggested("encodings"),
            said=say("Encoding of text written; Excel wants utf-8-sig (default: utf-8)."),
        ),
        *_looks(),
    )


def picture_options(function: Function) -> Function:
    """The same of a picture; hands over `output` and `explain`."""

    @wraps(function)
    def collected(
        format: str | None, path: str | None, decimals: int, show_unit: Unit | None, **rest: Any
    ) -> Any:
        from budgetcli.cli.output import OutputOptions, refuse_early
        from budgetcli.views import Picture

        output = OutputOptions(
            format, path, decimals=decimals, show_unit=show_unit, picture=Picture()
        )
        refuse_early(output)
        return function(output=output, **rest)

    return _decorated(
        collected,
        option(
            "-f",
            "--format",
            metavar="NAME",
            said=say("png, svg or pdf (default: what the file's ending says)."),
        ),
        _file_option(),
        *_looks(),
    )


def _file_option() -> Decorator:
    return option(
        "-o",
        "--output",
        "path",
        metavar="FILE",
        shell_complete=suggested("files"),
        said=say("Write to a file; its ending tells the format."),
    )


def _looks() -> tuple[Decorator, ...]:
    """How numbers are written, and what is said beside the answer."""
    return (
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
            callback=_unit,
            shell_complete=suggested("units"),
            said=say("Show amounts in this unit."),
        ),
        option(
            "--explain", is_flag=True, said=say("Tell on stderr what was inferred, and from what.")
        ),
    )


def _decorated(function: Function, *decorators: Callable[[Function], Function]) -> Function:
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def _settings(ctx: click.Context) -> Settings:
    return ctx.ensure_object(Settings)


def _set_language(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> None:
    if value:
        use_language(value)


def _set_color(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value:
        _settings(ctx).color = value


def _set_quiet(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        _settings(ctx).quiet = True


def _pairs(
    _ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    return dict(_parted(parameter, value) for value in values)


def _patterns(
    _ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        column, pattern = _parted(parameter, value)
        found[column] = (*found.get(column, ()), pattern)
    return found


def _parted(parameter: click.Parameter, value: str) -> tuple[str, str]:
    name, mark, rest = value.partition("=")
    if not mark or not name or not rest:
        raise UserError(
            say("{value!r} has no = between two words", value=value),
            where=parameter.opts[0],
            next=say(
                "write it as {form}", form=parameter.make_metavar(click.get_current_context())
            ),
        )
    return name, rest


def day_of(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A date typed as YYYY-MM-DD. Raises UserError."""
    from budgetcli.asked import day

    return None if value is None else day(value, parameter.opts[0])


def _moment(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | int | None:
    """A fiscal year typed as YYYY, else a date. Raises UserError."""
    if value is not None and len(value) == 4 and value.isdecimal():
        return int(value)
    return day_of(ctx, parameter, value)


def _year_start(
    ctx: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[int, int]:
    from budgetcli.targets import year_start

    return year_start(value or _settings(ctx).config.get("fiscal_year_start") or _JANUARY_FIRST)


def _target(
    ctx: click.Context, _parameter: click.Parameter, text: str | None
) -> str | TargetSource | None:
    """A word that stands for itself as it is; a file of targets read; a setting looked up."""
    config = _settings(ctx).config
    if ctx.resilient_parsing or (text is None and "target" not in config.plain):
        return None
    from budgetcli.asked import target, target_file
    from budgetcli.cli.settings import target_meant

    word = target_meant(text, config)
    if file := target_file(word):
        _settings(ctx).inputs += (file,)
    return target(word, config.words)


def once_each(
    _ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """What a repeatable option was given, without repeats."""
    return tuple(dict.fromkeys(values))


def _unit(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> Unit | None:
    from budgetcli.asked import unit

    return None if value is None else unit(value, parameter.opts[0])


_QUESTION: dict[str, Decorator] = {
    "by": option(
        "--by",
        metavar="FIELD|COLUMN",
        multiple=True,
        callback=once_each,
        shell_complete=suggested("grouping"),
        said=say("Group by this instead of division. Repeatable."),
    ),
    "target": option(
        "--target",
        metavar="N|pace|goal|FILE|SCHEDULE|NAME",
        callback=_target,
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
        callback=_year_start,
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


def question_options(function: Function, without: tuple[str, ...] = ()) -> Function:
    """How the question is asked, but for flags that would change nothing; hands over `question`.

    Loading is told what it groups by.
    """
    names = [name for name in _QUESTION if name not in without]

    @wraps(function)
    def collected(loading: LoadOptions, **given: Any) -> Any:
        from budgetcli.analysis.question import Question

        question = Question(**{name: given.pop(name) for name in names})
        return function(question=question, loading=loading._replace(by=question.by), **given)

    return _decorated(collected, *(_QUESTION[name] for name in names))
