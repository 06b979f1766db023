"""PDF: every table of every page, with the text around it. Needs the extra `docs`.

Opens, bounds and puts together; a page's geometry, its ruled and its plain
tables, and rows that share a cell each have a file beside this one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from budgetcli.errors import PARTIAL, MissingExtraError, SourceError
from budgetcli.i18n import Sentence, say
from budgetcli.model import Document, Evidence, Place, RawTable, Span
from budgetcli.model import Line as TextLine
from budgetcli.readers.apart import document_apart, read_apart
from budgetcli.readers.pdf.page import Glyph, Line, PageShapes, lines_of, shapes
from budgetcli.readers.pdf.plain import is_coarse, plain_tables
from budgetcli.readers.pdf.rows import Rows, header_rows, rows_of, same_columns
from budgetcli.readers.pdf.ruled import PageTable, crowded, grids, read_grid
from budgetcli.readers.source import ReadOptions, Source

MOST_BYTES = 100 * 1024 * 1024
MOST_PAGES = 2_000
_AROUND = 6
_BETWEEN = 3
_UNREADABLE_SHARE = 0.5
_ADVICE = say("print the pages you need to a PDF of their own")


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on one page: lines of text and tables, from top to bottom."""

    number: int
    items: tuple[str | Rows, ...] = ()
    glyphs: int = 0
    unmapped: int = 0
    pictures: int = 0
    notes: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A table with its page, its row numbers there, and what was inferred."""

    rows: Rows
    page: int
    lines: tuple[int, ...]
    evidence: tuple[Evidence, ...] = ()


def read(source: Source, options: ReadOptions) -> list[RawTable]:
    """The tables of a PDF in reading order, empty where there is text but no table.

    Raises SourceError for what is broken, locked, a scan, or too much work;
    MissingExtraError without the extra.
    """
    return read_apart(__name__, source, options, next=_ADVICE)


def read_document(source: Source, options: ReadOptions) -> Document:
    """The tables and the lines of text outside of them, by page. Raises as `read` does."""
    return document_apart(__name__, source, options, next=_ADVICE)


def read_here(
    source: Source, options: ReadOptions, step_done: Callable[[], None]
) -> list[RawTable]:
    """What `read` gives and raises, without limits on time and memory; a step is a page."""
    return list(document_here(source, options, step_done).tables)


def document_here(
    source: Source,
    options: ReadOptions,  # noqa: ARG001 a PDF has no encoding and no sheets to choose
    step_done: Callable[[], None],
) -> Document:
    """What `read_document` gives and raises, in this process."""
    try:
        import pdfplumber
    except ImportError:
        raise MissingExtraError("docs", say("reading PDF"), where=source.name) from None
    step_done()
    data = source.everything()
    if len(data) > MOST_BYTES:
        raise _too_much(source, say("it is larger than {limit} MB", limit=MOST_BYTES >> 20))
    pages = _pages(pdfplumber, source, data, step_done)
    _refuse_unreadable(source, pages)
    lines = tuple(_text_lines(source.name, pages))
    return Document(source.name, lines, tuple(_raw_tables(source.name, pages)))


def _pages(library: Any, source: Source, data: bytes, step_done: Callable[[], None]) -> list[Page]:
    """Every page, read. The library raises whatever it trips over: all of it means one thing."""
    try:
        document = library.open(io.BytesIO(data))
        return [_page(page, step_done) for page in _library_pages(library, document, source)]
    except SourceError:
        raise
    except Exception as problem:
        raise _broken(source, problem) from None


def _library_pages(library: Any, document: Any, source: Source) -> Iterator[Any]:
    """The pages one by one: the library's own list would hold a page tree of any size."""
    from pdfminer.pdfpage import PDFPage

    for number, page in enumerate(PDFPage.create_pages(document.doc), 1):
        if number > MOST_PAGES:
            raise _too_much(source, say("it has more than {limit} pages", limit=MOST_PAGES))
        yield library.page.Page(document, page, page_number=number)


def _page(page: Any, step_done: Callable[[], None]) -> Page:
    shown = shapes(page)
    number: int = page.page_number
    page.close()
    found = _read_page(number, shown)
    step_done()
    return found


def _read_page(number: int, shown: PageShapes) -> Page:
    tables, free = _ruled_tables(shown)
    lines = lines_of(free)
    plain = plain_tables(lines, shown.strong.lying)
    texts = [line for line in lines if not any(_inside(line, table) for table in plain)]
    laid_out = [rows for table in chain(tables, plain) if len((rows := rows_of(table)).xs) > 2]
    placed = [(rows.top, rows) for rows in laid_out] + [(line.top, line.text) for line in texts]
    return Page(
        number,
        tuple(item for _, item in sorted(placed, key=lambda pair: pair[0])),
        sum(not glyph.text.isspace() for glyph in shown.glyphs),
        sum(glyph.text.startswith("(cid:") for glyph in shown.glyphs),
        shown.pictures,
        tuple(_page_notes(number, shown)),
    )


def _ruled_tables(shown: PageShapes) -> tuple[list[PageTable], Sequence[Glyph]]:
    """The tables that rules draw, and the glyphs outside of them."""
    tables: list[PageTable] = []
    free: Sequence[Glyph] = shown.glyphs
    for grid in grids(shown.strong, shown.weak):
        inside = [glyph for glyph in free if grid.holds(glyph)]
        table = read_grid(grid, inside)
        if inside and not is_coarse(table):
            tables.append(table)
            free = [glyph for glyph in free if not grid.holds(glyph)]
    return tables, free


def _inside(line: Line, table: PageTable) -> bool:
    return table.top <= line.y <= table.bottom


def _page_notes(number: int, shown: PageShapes) -> Iterator[Evidence]:
    if shown.slanted:
        yield Evidence(
            "page", say("page {number}: slanted text (a watermark) was left out", number=number)
        )
    if crowded(shown.strong):
        yield Evidence(
            "page",
            say("page {number}: too many rules for a table; only text was read", number=number),
            aloud=True,
        )


def _text_lines(name: str, pages: Sequence[Page]) -> Iterator[TextLine]:
    """The lines outside of tables, numbered anew on every page."""
    for page in pages:
        texts = [item for item in page.items if isinstance(item, str)]
        for row, text in enumerate(texts, 1):
            yield TextLine(text, Place(name, row, page=page.number))


def _raw_tables(name: str, pages: Sequence[Page]) -> list[RawTable]:
    skipped = tuple(
        Evidence(
            "page", say("page {number} is a picture and was not read", number=page.number), True
        )
        for page in pages
        if page.pictures and not page.glyphs
    )
    found = list(_with_surroundings(_joined_over_pages(list(_sequence(pages)))))
    return [
        RawTable(
            rows=table.rows.cells,
            source=name,
            number=number,
            page=table.page,
            lines=table.lines,
            spans=table.rows.spans,
            before=before,
            after=after,
            evidence=table.evidence + skipped,
            alone=len(found) == 1,
        )
        for number, (table, before, after) in enumerate(found, 1)
    ]


def _sequence(pages: Sequence[Page]) -> Iterator[str | Placed]:
    for page in pages:
        for item in page.items:
            if isinstance(item, str):
                yield item
            else:
                notes = tuple(Evidence("layout", note) for note in item.notes)
                numbers = tuple(range(1, len(item.cells) + 1))
                yield Placed(item, page.number, numbers, notes + page.notes)


def _joined_over_pages(items: Sequence[str | Placed]) -> list[str | Placed]:
    """Tables that go on on the next page made one; the lines between are kept after them."""
    done: list[str | Placed] = []
    last: int | None = None
    last_page = 0
    for item in items:
        if isinstance(item, str):
            done.append(item)
            continue
        above = done[last] if last is not None else None
        joined = None
        if isinstance(above, Placed) and last is not None and len(done) - last - 1 <= _BETWEEN:
            joined = _continued(above, item) if item.page == last_page + 1 else None
        if joined is not None and last is not None:
            done[last] = joined
        else:
            last = len(done)
            done.append(item)
        last_page = item.page
    return done


def _continued(above: Placed, below: Placed) -> Placed | None:
    """Both as one table where the columns agree and the header repeats, or there is none below."""
    if not same_columns(above.rows, below.rows):
        return None
    heads = header_rows(above.rows.cells)
    if header_rows(below.rows.cells) == 0:
        return _appended(above, below, 0, say("goes on on page {page}", page=below.page), True)
    if not heads or above.rows.cells[:heads] != below.rows.cells[:heads]:
        return None
    note = say("goes on on page {page}; the header repeated there was left out", page=below.page)
    return _appended(above, below, heads, note, False)


def _appended(above: Placed, below: Placed, skip: int, note: Sentence, aloud: bool) -> Placed:
    shift = len(above.rows.cells) - skip
    spans = tuple(
        Span(span.row + shift, span.column, span.rows, span.columns)
        for span in below.rows.spans
        if span.row >= skip
    )
    rows = replace(
        above.rows,
        cells=above.rows.cells + below.rows.cells[skip:],
        spans=above.rows.spans + spans,
    )
    evidence = (*above.evidence, Evidence("page", note, aloud), *below.evidence)
    return Placed(rows, above.page, above.lines + below.lines[skip:], _once(evidence))


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(note for n, note in enumerate(evidence) if note not in evidence[:n])


def _with_surroundings(
    items: Sequence[str | Placed],
) -> Iterator[tuple[Placed, tuple[str, ...], tuple[str, ...]]]:
    """Each table with the nearest lines before and after it, up to the next table."""
    for number, item in enumerate(items):
        if isinstance(item, Placed):
            before = _texts(reversed(items[:number]))
            yield item, before[::-1], _texts(items[number + 1 :])


def _texts(items: Any) -> tuple[str, ...]:
    found: list[str] = []
    for item in items:
        if not isinstance(item, str) or len(found) == _AROUND:
            break
        found.append(item)
    return tuple(found)


def _refuse_unreadable(source: Source, pages: Sequence[Page]) -> None:
    """Raises SourceError where no text can be had: no pages, a scan, letters without a map."""
    glyphs = sum(page.glyphs for page in pages)
    if not pages:
        raise SourceError(
            say("the PDF has no pages"), where=source.name, next=say("ask for the file again")
        )
    if not glyphs and any(page.pictures for page in pages):
        raise SourceError(
            say("it holds pictures of text, no text (a scan)"),
            where=source.name,
            next=say("ask for the original file, or run text recognition on it first"),
        )
    if not glyphs:
        raise SourceError(
            say("it holds no text"),
            where=source.name,
            next=say("ask for the original file, or run text recognition on it first"),
        )
    if sum(page.unmapped for page in pages) > _UNREADABLE_SHARE * glyphs:
        raise SourceError(
            say("its letters cannot be told: the fonts do not say which is which"),
            where=source.name,
            next=say("ask for the original file, or print it to PDF again with its fonts"),
        )


def _broken(source: Source, problem: Exception) -> Exception:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    cause = problem.args[0] if problem.args and isinstance(problem.args[0], Exception) else problem
    if isinstance(cause, MemoryError):
        return cause
    if isinstance(cause, PDFPasswordIncorrect):
        return SourceError(
            say("it is protected by a password"),
            where=source.name,
            next=say("save it without the password and try again"),
        )
    if isinstance(cause, PDFEncryptionError):
        return SourceError(
            say("it is locked in a way that cannot be opened"),
            where=source.name,
            next=say("save it without protection and try again"),
        )
    return SourceError(
        say("the PDF is damaged and cannot be read"),
        where=source.name,
        seen=(say("{kind}: {problem}", kind=type(cause).__name__, problem=str(cause)[:200]),),
        why=PARTIAL,
        next=say("open it in a viewer and save it again"),
    )


def _too_much(source: Source, reason: Sentence) -> SourceError:
    return SourceError(
        say("this PDF is not read: {reason}", reason=reason),
        where=source.name,
        next=_ADVICE,
    )
