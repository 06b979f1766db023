"""Reports to what people and programs read: one medium a file, all registered here.

A view draws what a report says; it computes no budget figure. Imported when
its format is asked for, so that a CSV in a pipe loads no terminal library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Unit
from budgetcli.report import Dossier, Report, Value

if TYPE_CHECKING:
    from pathlib import Path


class Picture(NamedTuple):
    """What is drawn of an answer, and of how many rows (None: as many as fit a page)."""

    kind: str = "bars"
    most: int | None = None


class Page(NamedTuple):
    """How the user wants it drawn.

    `width` is the terminal's, in cells (None: unlimited); `show_unit`
    replaces the table's own unit; `color` and `unicode` tell what the
    terminal can show. `picture` is for the formats of pictures.
    """

    decimals: int = 1
    show_unit: Unit | None = None
    width: int | None = None
    color: bool = False
    unicode: bool = True
    picture: Picture | None = None


class Drawn(NamedTuple):
    """A document, and what it had to be drawn without."""

    content: str | bytes
    lacks: tuple[Sentence, ...] = ()


class RowWriter(Protocol):
    """Writes the rows of a report as they come; `told` is all it takes from the report before."""

    told: object

    def write(self, rows: Sequence[Mapping[str, Value]]) -> bool:
        """The next rows; False where what was told has no room for them."""

    def finish(self, report: Report) -> None:
        """What stands behind them, where all is known."""

    def close(self) -> None:
        """No more is to come, whether all was written or not."""


class Format(NamedTuple):
    """One output format: its name, where it is drawn, and the file endings that mean it.

    `module:function` is imported on use; the function takes a Report and a
    Page and returns text, or bytes where `binary`. `style` is given to it as
    well where one function draws several formats. `headline` and `findings`
    tell what it shows beside the rows. `whole` draws a dossier, where the
    format can hold one; `rows` writes rows that come some at a time.
    """

    name: str
    where: str
    endings: tuple[str, ...] = ()
    binary: bool = False
    style: str | None = None
    headline: bool = False
    findings: bool = False
    whole: str | None = None
    rows: str | None = None

    @property
    def draw(self) -> Callable[[Report, Page], str | bytes]:
        """The drawing function."""
        drawing: Callable[..., str | bytes] = _found(self.where)
        return partial(drawing, style=self.style) if self.style else drawing

    def for_whole(self) -> Callable[[Dossier, Page], Drawn]:
        """The function that draws a dossier. Raises UserError where a format holds one table."""
        if self.whole is None:
            raise UserError(
                say("{name} holds one table, a report has several", name=self.name),
                where="report",
                next=say("choose one of: {names}", names=" ".join(whole_names())),
            )
        drawing: Callable[[Dossier, Page], Drawn] = _found(self.whole)
        return drawing

    def for_rows(self) -> Callable[[Report, Page, IO[Any]], RowWriter]:
        """What writes rows to a stream, of text or `binary`. Raises UserError where it is held."""
        if self.rows is None:
            names = " ".join(format.name for format in OWN_FORMATS if format.rows)
            raise UserError(
                say("{name} is not written row by row", name=self.name),
                where="--format",
                why=say("all rows would be held at once, and a spreadsheet has room for 1,048,576"),
                next=say("choose one of: {names}", names=names),
            )
        writer: Callable[[Report, Page, IO[Any]], RowWriter] = _found(self.rows)
        return writer


OWN_FORMATS: tuple[Format, ...] = (
    Format("table", "budgetcli.views.terminal:draw", headline=True, findings=True),
    Format(
        "csv",
        "budgetcli.views.delimited:draw_csv",
        (".csv",),
        rows="budgetcli.views.delimited:CsvRows",
    ),
    Format(
        "tsv",
        "budgetcli.views.delimited:draw_tsv",
        (".tsv",),
        rows="budgetcli.views.delimited:TsvRows",
    ),
    Format("json", "budgetcli.views.json:draw", (".json",), findings=True),
    Format(
        "jsonl",
        "budgetcli.views.json:draw_lines",
        (".jsonl", ".ndjson"),
        rows="budgetcli.views.json:JsonRows",
    ),
    Format("markdown", "budgetcli.views.text:draw_markdown", (".md",)),
    Format(
        "html",
        "budgetcli.views.html:draw",
        (".html", ".htm"),
        headline=True,
        findings=True,
        whole="budgetcli.views.html_dossier:draw",
    ),
    Format(
        "xlsx",
        "budgetcli.views.spreadsheet:draw",
        (".xlsx",),
        binary=True,
        headline=True,
        findings=True,
        whole="budgetcli.views.spreadsheet_dossier:draw",
    ),
    Format(
        "parquet",
        "budgetcli.views.parquet:draw",
        (".parquet",),
        binary=True,
        rows="budgetcli.views.parquet:ParquetRows",
    ),
)

# those that can hold a dossier
WHOLE_FORMATS: tuple[Format, ...] = tuple(format for format in OWN_FORMATS if format.whole)

PICTURE_FORMATS: tuple[Format, ...] = tuple(
    Format(name, "budgetcli.views.picture:draw", (f".{name}",), True, name, headline=True)
    for name in ("png", "svg", "pdf")
)


# as findings, not as rows of them; the other formats have rows, whatever they show beside them
_DRAW_FINDINGS = ("table", "json")


def said_once(report: Report, format: Format) -> Report:
    """A check has its findings as rows as well: each format shows them one way."""
    if report.name != "check":
        return report
    draws = format.name in _DRAW_FINDINGS
    return report._replace(rows=()) if draws else report._replace(findings=())


def format_names() -> tuple[str, ...]:
    """Every name `find_format` knows: our own first, then tabulate's."""
    own = tuple(format.name for format in OWN_FORMATS)
    return own + tuple(name for name in _styles() if name not in own)


def whole_names() -> tuple[str, ...]:
    """The formats that can hold a dossier."""
    return tuple(format.name for format in WHOLE_FORMATS)


def find_format(name: str) -> Format:
    """The format of this name; ours go before tabulate's. Raises UserError listing all names."""
    for format in OWN_FORMATS:
        if format.name == name:
            return format
    if name in _styles():
        return Format(name, "budgetcli.views.text:draw_style", style=name)
    raise UserError(
        say("{name!r} is no output format", name=name),
        where="--format",
        next=say("choose one of: {names}", names=" ".join(format_names())),
    )


def find_picture_format(name: str) -> Format:
    """The picture's format of this name. Raises UserError listing all names."""
    for format in PICTURE_FORMATS:
        if format.name == name:
            return format
    raise UserError(
        say("{name!r} is no format of pictures", name=name),
        where="--format",
        next=say("choose one of: {names}", names=" ".join(one.name for one in PICTURE_FORMATS)),
    )


def format_for_file(path: Path, offered: tuple[Format, ...] = OWN_FORMATS) -> Format:
    """The offered format a file's ending means. Raises UserError listing the endings."""
    for format in offered:
        if path.suffix.lower() in format.endings:
            return format
    raise UserError(
        say("{ending!r} tells no output format", ending=path.suffix),
        where=str(path),
        next=say(
            "end the name in one of {endings}, or add --format",
            endings=" ".join(ending for format in offered for ending in format.endings),
        ),
    )


def _found(where: str) -> Callable[..., Any]:
    module, function = where.split(":")
    drawing: Callable[..., Any] = getattr(import_module(module), function)
    return drawing


def _styles() -> list[str]:
    """What tabulate can write; asking for it loads tabulate."""
    from tabulate import tabulate_formats

    return tabulate_formats
