"""Dates as reports print them, in captions, cells and file names; never taken from a clock."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

_CENTURY = 2000
_APOSTROPHE = "['’‘`´′]"
_NUMERIC = re.compile(
    rf"(?<![\d.])(?:{_APOSTROPHE}\s*(?P<short>\d{{2}})|(?P<year>(?:19|20)\d{{2}}))"
    r"\s*(?:[.\-/]|년도?)\s*(?P<month>\d{1,2})\s*(?:[.\-/]|월)\s*(?P<day>\d{1,2})(?!\d)"
)
_SHORT_AS_OF = re.compile(
    r"(?<![\d.])(?P<short>\d{2})\.\s*(?P<month>\d{1,2})\.\s*(?P<day>\d{1,2})\.?\s*기준"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_MONTH_END = re.compile(
    rf"(?:{_APOSTROPHE}\s*(?P<short>\d{{2}})|(?P<year>(?:19|20)\d{{2}}))"
    r"\s*(?:[.\-/]|년도?)\s*(?P<month>\d{1,2})\s*월?\s*말"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\s*[./]\s*(?P<month>\d{1,2})\s*[./]\s*(?P<year>(?:19|20)\d{2})(?!\d)"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero janeiro ledna leden",
            "february feb febrero fevereiro února únor",
            "march mar marzo março března březen",
            "april apr abril dubna duben",
            "may mayo maio května květen",
            "june jun junio junho června červen",
            "july jul julio julho července červenec",
            "august aug agosto srpna srpen",
            "september sep sept septiembre setembro září",
            "october oct octubre outubro října říjen",
            "november nov noviembre novembro listopadu listopad",
            "december dec diciembre dezembro prosince prosinec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<name>[^\W\d_]{3,12})\.?,?\s+"
    r"(?:de\s+|del\s+)?(?P<year>(?:19|20)\d{2})"
)
_NAMED_MONTH_FIRST = re.compile(
    r"(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{2})"
)
_SAYS_AS_OF = re.compile(
    r"기\s*준|현재|(?i:\bas (?:of|at)\b|\bal \d|\bcorte\b|\bke dni\b|\bposição\b)"
)


def find_date(text: str) -> date | None:
    """The one date a piece of text states; None where it states none, or two readings differ."""
    found = set(_all_dates(unicodedata.normalize("NFC", text)))
    return found.pop() if len(found) == 1 else None


def find_as_of(lines: Iterable[str]) -> tuple[date, str] | None:
    """The as-of date of a table from the lines around it, and the line that says so.

    A line that says 기준 or "as of" counts first; else any, if all agree.
    """
    dated = [(day, line) for line in lines if (day := find_date(line))]
    said = [entry for entry in dated if _SAYS_AS_OF.search(entry[1])] or dated
    days = {day for day, _ in said}
    return said[0] if len(days) == 1 else None


def parse_date(cell: str) -> date | None:
    """The date a whole cell or flag holds: 2024-07-31, 20240731, 2024. 7. 31."""
    text = cell.strip()
    return find_date(text) if len(text) <= 40 else None


def year_of(text: str) -> int | None:
    """The year a cell of a year column holds: 2024, 2024년, FY2024."""
    matched = re.fullmatch(r"(?i)\s*(?:fy\s*)?((?:19|20)\d{2})\s*(?:년도?|회계연도)?\s*", text)
    return int(matched[1]) if matched else None


def _all_dates(text: str) -> Iterable[date]:
    for pattern in (_NUMERIC, _SHORT_AS_OF, _COMPACT):
        for matched in pattern.finditer(text):
            yield from _valid(_year(matched), int(matched["month"]), int(matched["day"]))
    for matched in _MONTH_END.finditer(text):
        year, month = _year(matched), int(matched["month"])
        if 1 <= month <= 12:
            yield date(year, month, calendar.monthrange(year, month)[1])
    for matched in _DAY_FIRST.finditer(text):
        yield from _day_or_month_first(matched)
    for pattern in (_NAMED_DAY_FIRST, _NAMED_MONTH_FIRST):
        for matched in pattern.finditer(text):
            if month_number := _MONTHS.get(matched["name"].casefold()):
                yield from _valid(int(matched["year"]), month_number, int(matched["day"]))


def _day_or_month_first(matched: re.Match[str]) -> Iterable[date]:
    """Both readings of 03/04/2024, so that two differ and none is taken; dots are day first."""
    year, first, second = int(matched["year"]), int(matched["day"]), int(matched["month"])
    yield from _valid(year, second, first)
    if "/" in matched[0]:
        yield from _valid(year, first, second)


def _year(matched: re.Match[str]) -> int:
    groups = matched.groupdict()
    return int(groups["year"]) if groups.get("year") else _CENTURY + int(groups["short"])


def _valid(year: int, month: int, day: int) -> Iterable[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
