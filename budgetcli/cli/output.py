"""stdout and -o: which format, how wide, in which encoding; whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from budgetcli.errors import UserError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Unit
from budgetcli.report import Dossier, Report
from budgetcli.views import (
    OWN_FORMATS,
    PICTURE_FORMATS,
    WHOLE_FORMATS,
    Format,
    Page,
    Picture,
    find_format,
    find_picture_format,
    format_for_file,
)

if TYPE_CHECKING:
    from pathlib import Path

_COLOR_OFF = "NO_COLOR"
_STEP = 1 << 20
_ENCODINGS = say("use utf-8 or utf-8-sig")


class OutputOptions(NamedTuple):
    """What the user said about how it looks and where it goes.

    `picture` is there where one is drawn, `whole` where a dossier is.
    """

    format: str | None = None
    path: str | None = None
    encoding: str = "utf-8"
    decimals: int = 1
    show_unit: Unit | None = None
    picture: Picture | None = None
    whole: bool = False


def chosen_format(options: OutputOptions) -> Format:
    """The format named, else the one the file's ending means, else table or CSV.

    A picture has no format that goes without saying. Raises UserError.
    """
    if options.format:
        find = find_picture_format if options.picture else find_format
        return find(options.format)
    if options.path:
        from pathlib import Path

        usual = WHOLE_FORMATS if options.whole else OWN_FORMATS
        return format_for_file(Path(options.path), PICTURE_FORMATS if options.picture else usual)
    if options.picture:
        raise UserError(
            say("a picture needs a file to go to, or a format"),
            where="chart",
            next=say("write it to a file: -o FILE.png, FILE.svg or FILE.pdf"),
        )
    return find_format("table" if on_terminal(options) else "csv")


def on_terminal(options: OutputOptions) -> bool:
    """Whether a person sees it at once: no file is named, and stdout is open and a terminal."""
    return options.path is None and sys.stdout is not None and sys.stdout.isatty()


def encoding_of(options: OutputOptions) -> str:
    """What the answer's text is written in: the terminal's encoding, else the one asked for."""
    return _terminal_encoding() if on_terminal(options) else options.encoding


def refuse_early(options: OutputOptions) -> None:
    """What no answer could be written as is said before anything is read. Raises UserError."""
    chosen = chosen_format(options)
    if chosen.binary and on_terminal(options):
        raise UserError(
            say("{format} is no format for a terminal", format=chosen.name),
            where="--format",
            next=say("write it to a file: -o FILE"),
        )
    if sys.stdout is None and options.path is None:
        raise UserError(
            say("standard output is closed"),
            where="stdout",
            next=say("write it to a file: -o FILE"),
        )
    _encoded("", options.encoding)


def emit(report: Report, options: OutputOptions, color: str, inputs: Iterable[str | None]) -> None:
    """Draw the report and write it, at once and whole; `inputs` are the names of what was read.

    Raises UserError.
    """
    chosen = chosen_format(options)
    _write(chosen.draw(report, page_for(chosen, options, color)), options, inputs)


def emit_whole(
    dossier: Dossier, options: OutputOptions, inputs: Iterable[str | None]
) -> tuple[Sentence, ...]:
    """The same for a dossier; tells what it had to be drawn without. Raises UserError."""
    drawn = chosen_format(options).for_whole()(dossier, Page(options.decimals, options.show_unit))
    _write(drawn.content, options, inputs)
    return drawn.lacks


def _write(drawn: str | bytes, options: OutputOptions, inputs: Iterable[str | None]) -> None:
    if options.path:
        from pathlib import Path

        path = Path(options.path)
        _refuse_inputs(path, inputs)
        write_whole(path, _encoded(drawn, options.encoding))
    elif isinstance(drawn, str) and on_terminal(options):
        _to_stdout([drawn.encode(_terminal_encoding(), "backslashreplace")])
    else:
        _to_stdout([_encoded(drawn, options.encoding)])


def unwritten(problem: OSError, where: str, step: Sentence) -> UserError:
    """What to tell when an answer could not be put `where` it belongs."""
    return UserError(
        say("cannot be written: {problem}", problem=problem.strerror),
        where=where,
        why=say("an answer that is cut off looks like a whole one"),
        next=step,
    )


def write_whole(path: Path, data: bytes) -> None:
    """So that a file holds the old or the new, never half. Raises UserError.

    A link stays one, and what it points to is written; a device or a named pipe takes the
    bytes as they come.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except OSError as problem:
        raise unwritten(problem, str(path), say("name another file after -o")) from problem


def _replace(path: Path, data: bytes) -> None:
    with _beside(path) as stream:
        stream.write(data)


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    """A file beside the target, which takes its place when all is written."""
    import tempfile
    from pathlib import Path

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(_mode_for(path))
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise


@contextmanager
def to_be_whole(options: OutputOptions, inputs: Iterable[str | None]) -> Iterator[BinaryIO]:
    """A file for an answer too long to hold, which goes where it belongs when it is whole.

    Raises UserError.
    """
    from pathlib import Path

    path = Path(options.path) if options.path else None
    if path:
        _refuse_inputs(path, inputs)
    try:
        if path and (path.is_file() or not path.exists()):
            with _beside(path.resolve()) as stream:
                yield stream
        else:
            with _set_aside() as stream:
                yield stream
                stream.seek(0)
                _hand_on(stream, path)
    except OSError as problem:
        step = say("name another file after -o") if path else say("write it to a file: -o FILE")
        raise unwritten(problem, str(path or "stdout"), step) from problem


def _set_aside() -> BinaryIO:
    import tempfile

    return cast("BinaryIO", tempfile.TemporaryFile("w+b"))


def _hand_on(stream: BinaryIO, path: Path | None) -> None:
    """To a device or a named pipe, else to stdout."""
    import shutil

    if path is None:
        _to_stdout(iter(lambda: stream.read(_STEP), b""))
        return
    with path.open("wb") as target:
        shutil.copyfileobj(stream, target)


def _mode_for(path: Path) -> int:
    """The old file's permissions, else what the umask leaves of 0666."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse_inputs(path: Path, inputs: Iterable[str | None]) -> None:
    """No file that was read, by whatever name, folder, pattern or link. Raises UserError."""
    if not path.is_file():
        return
    written = path.stat()
    if any(os.path.samestat(written, read) for name in inputs for read in _files_of(name)):
        raise UserError(
            say("it is the input: it is never written to"),
            where=str(path),
            why=say("the figures everything is checked against would be gone"),
            next=say("name another file after -o"),
        )


def _files_of(name: str | None) -> Iterator[os.stat_result]:
    """The files behind a source's name, as the system knows them; nothing is read again."""
    from contextlib import suppress

    from budgetcli.readers.find import STANDARD_INPUT, paths_of

    with suppress(OSError):
        if name == STANDARD_INPUT:
            yield os.fstat(sys.stdin.fileno())
        for path in paths_of(name):
            yield path.stat()


def page_for(chosen: Format, options: OutputOptions, color: str) -> Page:
    """How the user wants a report drawn, as far as where it goes allows."""
    seen = on_terminal(options)
    return Page(
        decimals=options.decimals,
        show_unit=options.show_unit,
        width=_terminal_width() if seen and chosen.name == "table" else None,
        color=color == "always" or (color == "auto" and seen and _wants_color()),
        picture=options.picture,
        unicode=not seen or _terminal_encoding().lower().replace("-", "") == "utf8",
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
        raise unencoded(problem, encoding) from None
    raise UserError(what, where="--encoding-out", next=_ENCODINGS)


def unencoded(problem: UnicodeEncodeError, encoding: str) -> UserError:
    """A letter of the answer is none of the encoding."""
    character = problem.object[problem.start : problem.start + 1]
    what = say("{encoding} has no {character!r}", encoding=encoding, character=character)
    return UserError(what, where="--encoding-out", next=_ENCODINGS)


def _to_stdout(pieces: Iterable[bytes]) -> None:
    """A reader that has gone away has seen what it wanted: no error. Raises UserError."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except OSError as problem:
        # what could not be written is not tried again when the program ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(problem, BrokenPipeError):
            raise unwritten(problem, "stdout", say("write it to a file: -o FILE")) from problem
