"""What is known of a sheet beside its values, how large it may be, and why a workbook is refused.

Shared by the formats' own files; reads no bytes itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetcli.errors import TOO_LARGE, SourceError
from budgetcli.i18n import Sentence, say

MAX_CELLS = 5_000_000
MAX_ROW = 1 << 20
MAX_TEXT = 128 << 20
MAX_MERGES = 200_000
# The errors a cell can show, by their numbers in the binary formats.
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

Cell = tuple[int, int]


@dataclass
class Box:
    """The rectangle around the cells that hold something."""

    top: int = 1 << 32
    left: int = 1 << 32
    bottom: int = -1
    right: int = -1

    def add(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Widen it around a block of cells, given by its corners (from 0, inclusive)."""
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom, self.right = max(self.bottom, last_row), max(self.right, last_column)

    @property
    def area(self) -> int:
        """How many cells the library would lay out."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


@dataclass
class SheetFacts:
    """What the library would not say of one sheet; cells are (row, column) from 0.

    `errors` are the cells that show one, with its text; `unsaved` are formulas
    without a result. `merges` are (top, left, bottom, right), or None where
    the library knows them itself.
    """

    errors: dict[Cell, str] = field(default_factory=dict)
    unsaved: list[Cell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] | None = None


def cell_of(reference: str) -> Cell:
    """B3 as (2, 1)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1


def reference_of(cell: Cell) -> str:
    """(2, 1) as B3."""
    letters = ""
    number = cell[1] + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{cell[0] + 1}"


def error_text(number: int) -> str:
    """What a cell shows for an error of the binary formats."""
    return _ERRORS.get(number, "#ERROR")


def check_start(name: str, row: int) -> None:
    """Raises SourceError for a first row (from 0) no sheet has: the library counts up to it."""
    if row >= MAX_ROW:
        raise too_large(name, say("its first cell is in row {row}", row=f"{row + 1:,}"))


def check_size(name: str, *, area: int = 0, merges: int = 0, text: int = 0) -> None:
    """Raises SourceError for too many cells, merged cells, or bytes of text in one sheet."""
    if area > MAX_CELLS:
        raise too_large(
            name,
            say(
                "its cells span a rectangle of {area} cells, more than {limit}",
                area=f"{area:,}",
                limit=f"{MAX_CELLS:,}",
            ),
        )
    if merges > MAX_MERGES:
        raise too_large(name, say("it has {count} merged cells", count=f"{merges:,}"))
    if text > MAX_TEXT:
        raise too_large(
            name, say("the texts of its cells would fill {size} bytes", size=f"{text:,}")
        )


def too_large(name: str, what: Sentence) -> SourceError:
    """The library would need more memory than a report deserves."""
    return SourceError(
        say("the spreadsheet is too large to be read safely: {what}", what=what),
        where=name,
        why=TOO_LARGE,
        next=say("delete what lies beyond the table, or save the sheet as CSV"),
    )


def protected(name: str) -> SourceError:
    """The file cannot be read without its password."""
    return SourceError(
        say("the spreadsheet is protected by a password"),
        where=name,
        next=say("open it in a spreadsheet program and save it without the password"),
    )
