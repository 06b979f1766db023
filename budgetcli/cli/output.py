"""stdout and -o: which format, how wide, in which encoding; whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from budgetcli.errors import UserError
from budgetcli.i18n import say
from budgetcli.model import Unit
from budgetcli.report import Report
from budgetcli.views import Format, Page, find_format, format_for_file

if TYPE_CHECKING:
    from pathlib import Path

_COLOR_OFF = "NO_COLOR"


class OutputOptions(NamedTuple):
    """What the user said about how it looks and where it goes."""

    format: str | None = None
    path: str | None = None
    encoding: str = "utf-8"
    decimals: int = 1
    show_unit: Unit | None = None


def chosen_format(options: OutputOptions) -> Format:
    """The format named, else the one the file's ending means, else table or CSV."""
    if options.format:
        return find_format(options.format)
    if options.path:
        from pathlib import Path

        return format_for_file(Path(options.path))
    return find_format("table" if sys.stdout.isatty() else "csv")


def emit(report: Report, options: OutputOptions, color: str, inputs: Iterable[str]) -> None:
    """Draw the report and write it, at once and whole. Raises UserError."""
    chosen = chosen_format(options)
    drawn = chosen.draw(report, _page(chosen, options, color))
    if options.path:
        from pathlib import Path

        path = Path(options.path)
        _refuse_inputs(path, inputs)
        write_whole(path, _encoded(drawn, options.encoding))
    elif not sys.stdout.isatty():
        _to_stdout(_encoded(drawn, options.encoding))
    elif isinstance(drawn, bytes):
        raise UserError(
            say("{format} is no format for a terminal", format=chosen.name),
            where="--format",
            next=say("write it to a file: -o FILE"),
        )
    else:
        _to_stdout(drawn.encode(_terminal_encoding(), "backslashreplace"))


def write_whole(path: Path, data: bytes) -> None:
    """Beside the target and then renamed, so that it holds the old or the new, never half."""
    import tempfile
    from pathlib import Path

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            beside.chmod(_mode_for(path))
            beside.replace(path)
        except BaseException:
            beside.unlink()
            raise
    except OSError as problem:
        raise UserError(
            say("cannot be written: {problem}", problem=problem.strerror),
            where=str(path),
            next=say("name another file after -o"),
        ) from problem


def _mode_for(path: Path) -> int:
    """The old file's permissions, else what the umask leaves of 0666."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse_inputs(path: Path, inputs: Iterable[str]) -> None:
    from pathlib import Path

    for name in inputs:
        if path.exists() and Path(name).exists() and path.samefile(name):
            raise UserError(
                say("it is the input: it is never written to"),
                where=str(path),
                next=say("name another file after -o"),
            )


def _page(chosen: Format, options: OutputOptions, color: str) -> Page:
    on_terminal = options.path is None and sys.stdout.isatty()
    return Page(
        decimals=options.decimals,
        show_unit=options.show_unit,
        width=_terminal_width() if on_terminal and chosen.name == "table" else None,
        color=color == "always" or (color == "auto" and on_terminal and _wants_color()),
        unicode=not on_terminal or _terminal_encoding().lower().replace("-", "") == "utf8",
    )


def _wants_color() -> bool:
    return not os.environ.get(_COLOR_OFF) and os.environ.get("TERM") != "dumb"


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _terminal_encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def _encoded(drawn: str | bytes, encoding: str) -> bytes:
    if isinstance(drawn, bytes):
        return drawn
    try:
        return drawn.encode(encoding)
    except LookupError:
        what = say("there is no encoding called {name}", name=encoding)
    except UnicodeEncodeError as problem:
        what = say(
            "{encoding} has no {character!r}",
            encoding=encoding,
            character=drawn[problem.start : problem.start + 1],
        )
    raise UserError(what, where="--encoding-out", next=say("use utf-8 or utf-8-sig"))


def _to_stdout(data: bytes) -> None:
    """A reader that has gone away has seen what it wanted: no error."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
