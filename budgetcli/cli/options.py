"""What commands share, one decorator a family: each takes the flags of `flags` and hands over one
object.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from budgetcli.cli.flags import (
    DATES,
    ENCODING_OUT,
    FILE,
    LOOKS,
    MEASURES,
    QUESTION,
    SETTINGS,
    SOURCE,
)
from budgetcli.cli.said import option
from budgetcli.cli.session import settings_of
from budgetcli.cli.typed import suggested
from budgetcli.errors import Exit, UserError
from budgetcli.i18n import Sentence, say

if TYPE_CHECKING:
    # what the options become is imported when a command runs: --help needs none of it
    from budgetcli.loading import LoadOptions
    from budgetcli.model import Unit

Function = Callable[..., Any]
# what is handed on as it was said
_AS_SAID = ("table", "sheet", "columns", "unit", "as_of", "encoding", "where", "engine")


def settings_options(function: Function) -> Function:
    """--lang, --color, -q: on the program and on every command."""
    return _decorated(function, *SETTINGS)


def source_options(function: Function, metavar: str = "[SOURCE]...") -> Function:
    """SOURCE… and everything that says what is what; hands over `names` and `loading`."""

    @wraps(function)
    def collected(no_header: bool, keep_going: bool, spark_master: str | None, **given: Any) -> Any:
        from budgetcli.loading import LoadOptions

        unread: list[UserError] = []
        config = settings_of(click.get_current_context()).config
        said = {name: given.pop(name) for name in _AS_SAID}
        loading = LoadOptions(
            **said,
            has_header=not no_header,
            words=config.words,
            usual_unit=config.get("unit"),
            unread=unread.append if keep_going else None,
            spark_master=_master(said["engine"], spark_master),
        )
        status = function(loading=loading, **given)
        return _told_of(unread) if unread else status

    names = click.argument("names", metavar=metavar, nargs=-1, shell_complete=suggested("files"))
    return _decorated(collected, names, *SOURCE)


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

    return _decorated(collected, *DATES)


def measure_options(function: Function) -> Function:
    """--plan and --actual: what is held against each other where it is no budget."""

    @wraps(function)
    def collected(loading: LoadOptions, plan: str | None, actual: str | None, **rest: Any) -> Any:
        return function(loading=loading._replace(plan=plan, actual=actual, measures=True), **rest)

    return _decorated(collected, *MEASURES)


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

        settings = settings_of(click.get_current_context())
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

    said = formats or say(
        "table, csv, tsv, json, jsonl, markdown, html, xlsx, parquet or a tabulate format "
        "(default: table on a terminal, csv in a pipe)."
    )
    named = option("-f", "--format", metavar="NAME", shell_complete=suggested("formats"), said=said)
    return _decorated(collected, named, FILE, ENCODING_OUT, *LOOKS)


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

    said = say("png, svg or pdf (default: what the file's ending says).")
    named = option("-f", "--format", metavar="NAME", said=said)
    return _decorated(collected, named, FILE, *LOOKS)


def question_options(function: Function, without: tuple[str, ...] = ()) -> Function:
    """How the question is asked, but for flags that would change nothing; hands over `question`.

    Loading is told what it groups by.
    """
    names = [name for name in QUESTION if name not in without]

    @wraps(function)
    def collected(loading: LoadOptions, **given: Any) -> Any:
        from budgetcli.analysis.question import Question

        question = Question(**{name: given.pop(name) for name in names})
        return function(question=question, loading=loading._replace(by=question.by), **given)

    return _decorated(collected, *(QUESTION[name] for name in names))


def _decorated(function: Function, *decorators: Callable[[Function], Function]) -> Function:
    for decorate in reversed(decorators):
        function = decorate(function)
    return function
