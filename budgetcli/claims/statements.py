"""Lines of a report as statements: bullets as a tree, broken lines joined, places kept.

What a statement says is left to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from budgetcli.model import Line, Place
from budgetcli.patterns import lazy


class Statement(NamedTuple):
    """One bullet of a report: its text without the mark, its place, the statement it belongs to.

    `parent` is the index of that statement; `mark` is the bullet, "" for a plain line.
    """

    text: str
    mark: str
    place: Place
    parent: int | None = None


_BULLET = lazy(
    r"\s*(?P<mark>[Ⅰ-Ⅻ]+(?=[.\s])\.?|[①-⑳➀-➓]+|[•∙∘ㅇ○●□■◇◆◈◎▷▶▸►‣▪▫▢☐※✓✔√ž☞◦❍❏❖➢*]|[-–—o·ㆍ‧→⇒](?=\s)|\d{1,2}[.)](?=\s)|[가-하][.)](?=\s))\s*"
)
_TITLE = lazy(r"(?:\d{1,2}(?:[-.]\d{1,2})*(?:\s*[.)])?\s+|[①-⑳➀-➓]+\s*)(?P<name>\S.*)")
# a remark belongs to what stands before it, whatever stands before that
_REMARKS = "※*"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫➀➁➂➃➄➅➆➇➈➉"
_HEADINGS = f"□■{CIRCLED}ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
# what marks of one level have in common
_LEVELS = (("1", "0123456789"), ("가", "가나다라마바사아자차카타파하"))
_LONGEST = 1_000


def statements_of(lines: Sequence[Line]) -> list[Statement]:
    """The statements of a text in reading order; a line that an open bracket breaks is joined."""
    found: list[Statement] = []
    above: list[tuple[str, int]] = []
    for line in _joined(lines):
        matched = _BULLET.match(line.text)
        mark = matched["mark"] if matched else ""
        text = line.text[matched.end() if matched else 0 :].strip()
        if not text:
            continue
        parent = _parent(mark, above)
        found.append(Statement(text, mark, line.place, parent))
        if mark and mark not in _REMARKS:
            above.append((_level(mark), len(found) - 1))
    return found


def title_of(statement: Statement) -> str | None:
    """The name behind the number of a numbered line (`3 서울패션산업 육성`), None for any other."""
    whole = f"{statement.mark} {statement.text}" if statement.mark else statement.text
    found = _TITLE.fullmatch(whole)
    return found["name"] if found else None


def _level(mark: str) -> str:
    """The mark itself, of a numbered one the first of its kind: `2.` is of the level of `1.`."""
    for first, kinds in _LEVELS:
        if mark[0] in kinds:
            return first + mark[-1]
    return mark[0]


def _parent(mark: str, above: list[tuple[str, int]]) -> int | None:
    """What a statement hangs on; those that its mark ends are taken off `above`."""
    if mark and mark[0] in _HEADINGS:
        above.clear()
    elif mark and mark not in _REMARKS:
        marks = [known for known, _ in above]
        if _level(mark) in marks:
            del above[marks.index(_level(mark)) :]
    return above[-1][1] if above else None


def _joined(lines: Sequence[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if joined and text and not _BULLET.match(text) and _is_open(joined[-1].text):
            joined[-1] = Line(f"{joined[-1].text} {text}", joined[-1].place)
        elif text:
            joined.append(Line(text, line.place))
    return joined


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") and len(text) < _LONGEST
