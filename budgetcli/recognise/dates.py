"""Dates as reports print them, in captions, cells and file names; never taken from a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from budgetcli.patterns import lazy
from budgetcli.recognise.names import fold, narrow

_CENTURY = 2000
_APOSTROPHE = "['’‘`´′]"
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_ANY_YEAR = rf"(?:{_APOSTROPHE} ?(?P<short>[0-9]{{2}})|{_YEAR})"
_MONTH = "(?P<month>[0-9]{1,2})"
_DAY = "(?P<day>[0-9]{1,2})"
_SEPARATOR = r" ?(?:[.\-/_]|년도?) ?"
_NUMERIC = lazy(rf"(?<![0-9.]){_ANY_YEAR}{_SEPARATOR}{_MONTH} ?(?:[.\-/_]|월) ?{_DAY}(?![0-9])")
_SHORT_YEAR = lazy(
    rf"(?<![0-9.])(?P<short>[0-9]{{2}})(?:\. ?{_MONTH}\. ?{_DAY}\.? ?(?:기준|현재)"
    r"|년 ?(?P<month2>[0-9]{1,2})월 ?(?P<day2>[0-9]{1,2})일)"
)
_FISCAL = lazy(
    rf"(?i)(?:{_APOSTROPHE}(?P<short>[0-9]{{2}})(?![0-9])|(?<![a-z])fy ?['’]?(?P<fiscal>[0-9]{{2}})"
    rf"(?![0-9])|(?<![0-9])(?:fy ?)?{_YEAR}(?![0-9])"
    r"(?P<to>\s?[-/–]\s?(?:20)?(?P<next>[0-9]{2})(?![0-9]))?)(?:\s*(?:년도?|회계[연년]도))?"
)
_SPAN_OF_YEARS = r"(?<![0-9])(?:19|20)[0-9]{2}(?:\s?[-/–]\s?(?:20)?[0-9]{2})?(?![0-9])"
_NAMED_YEAR = lazy(
    rf"(?i)(?P<before>{_SPAN_OF_YEARS})년?\s?(?:회계[연년]도|fiscal year)"
    rf"|(?:회계[연년]도|(?<![a-z])fy|fiscal year|financial year|for the year|ejercicio(?: fiscal)?"
    rf"|exercício(?: de)?)\s?:?\s?(?P<behind>{_SPAN_OF_YEARS})"
)
_HANGUL = lazy("[가-힣]")
_DOTTED = lazy(r"(?<![0-9A-Za-z.’'])[0-9]{2}\. ?[0-9]{1,2}\. ?[0-9]{1,2}(?![0-9])")
# six digits are a date beside a word that says so, in a column of dates, or alone in a name
_SIX = r"(?<![0-9A-Za-z.,])(?P<six>[0-4][0-9][01][0-9][0-3][0-9])(?![0-9A-Za-z]|[.,][0-9])"
_SIX_DIGITS = lazy(_SIX)
_SIX_AS_OF = lazy(
    rf"(?i)(?:기준일?자?|현재|\bas (?:of|at|on)) ?[:：]? ?(?<!['’]){_SIX}(?! ?[원%])"
    rf"|{_SIX.replace('six', 'before')}(?= ?일? ?(?:기준|현재))"
)
_YEARS_APART = 5
_YEAR_ALONE = lazy(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_EIGHT_DIGITS = lazy(r"(?<![0-9])(?:19|20)[0-9]{6}(?![0-9])")
# Eight digits are a date as a token of their own only: not in a longer number, a word, an amount.
_COMPACT = lazy(
    r"(?<![^\W_])(?<![0-9][.,])(?<![₩$€£])(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])"
    r"(?P<day>[0-3][0-9])(?:(?![^\W_])|(?=기준|현재|T[0-9]))(?![.,][0-9])(?! ?[원%])"
)
_MONTH_END = lazy(
    rf"(?<![0-9.])(?:{_ANY_YEAR}{_SEPARATOR}|(?P<short2>[0-9]{{2}})년 ?)"
    rf"{_MONTH} ?월? ?말"
)
_DAY_FIRST = lazy(rf"(?<![0-9./\-]){_DAY} ?(?P<mark>[./\-]) ?{_MONTH} ?(?P=mark) ?{_YEAR}(?![0-9])")
# 2024. 1. 1. ~ 7. 31. is a period: neither end is said to be the date.
_TO_ANOTHER_DAY = lazy(r"[.일]? ?(?:\([^()]{1,3}\) ?)?[~∼〜] ?[0-9]{1,2} ?[.월/\-]")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ene enero janeiro ledna leden",
            "february feb fev febrero fevereiro února únor",
            "march mar marzo março března březen",
            "april apr abr abril dubna duben",
            "may mai mayo maio května květen",
            "june jun junio junho června červen",
            "july jul julio julho července červenec",
            "august aug ago agosto srpna srpen",
            "september sep sept set septiembre setembro září",
            "october oct out octubre outubro října říjen",
            "november nov noviembre novembro listopadu listopad",
            "december dec dic dez diciembre dezembro prosince prosinec",
        ),
        start=1,
    )
    for name in names.split()
}
_PART_OF_YEAR = lazy(
    r"(?i)(?:1[0-2]|0?[1-9])월 ?말?|[1-4](?:/4)? ?분기|[상하]반기|[qt][1-4]|[1-4][qt]|h[12]"
    r"|[1-4](?:st|nd|rd|th|[ºo]\.?|er)? (?:quarter|trimestre|bimestre|čtvrtletí)"
)
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_NAMED_DAY_FIRST = lazy(
    rf"(?i)(?<![0-9]){_DAY}(?:st|nd|rd|th|[.ºª°])?[ \-](?:de )?{_NAME}\.?,?[ \-](?:del? )?{_YEAR}"
    r"(?![0-9])"
)
_NAMED_MONTH_FIRST = lazy(
    rf"(?i){_NAME}\.?[ \-]{_DAY}(?:st|nd|rd|th)?(?:, ?|[ \-]){_YEAR}(?![0-9])"
)
_NAMED_MONTH = lazy(rf"(?i){_NAME}\.?,?[ \-](?:del? )?{_YEAR}(?![0-9])")
_PARTS = lazy(r"\s*[·ㆍ•|;]\s*")
_SAYS_AS_OF = lazy(
    r"기\s*준|현재|(?i:\bas (?:of|at|on)\b|\bal \d|\bcorte\b|\bke dni\b|\bposição\b)"
)


def find_date(text: str) -> date | None:
    """The one date a piece of text states; None where it states none, or two readings differ.

    Of several parts of a line, as in 갱신 2026-08-22 · 기준일 20260821, the one that says as of.
    """
    if not any(map(str.isdigit, text)):
        return None
    line = fold(narrow(text))
    found = set(_all_dates(line))
    if len(found) > 1:
        parts = [part for part in _PARTS.split(line) if _SAYS_AS_OF.search(part)]
        found = {day for part in parts for day in _all_dates(part)}
    return found.pop() if len(found) == 1 else None


def find_as_of(lines: Iterable[str]) -> tuple[date, str] | None:
    """The as-of date of a table from the lines around it, and the line that says so.

    A line that says 기준 or "as of" counts first; else any, if all agree.
    """
    dated = [(day, line) for line in lines if (day := find_date(line))]
    said = [entry for entry in dated if _SAYS_AS_OF.search(entry[1])] or dated
    days = {day for day, _ in said}
    return said[0] if len(days) == 1 else None


def find_date_in_name(name: str) -> date | None:
    """The date a file's name states; words and digits stand there without blanks: 현황20240731."""
    if _HANGUL.search(name):  # elsewhere the day may come first
        name = _DOTTED.sub(r"20\g<0>", name)
    name = _SIX_DIGITS.sub(lambda digits: f" {_six_digits(digits[0], name) or digits[0]} ", name)
    return find_date(_EIGHT_DIGITS.sub(r" \g<0> ", name))


def parse_short_date(cell: str, header: str) -> date | None:
    """The date a cell of a date column holds, six digits included: 240731."""
    digits = cell.strip()
    is_short = digits.isdecimal() and _SIX_DIGITS.fullmatch(digits)
    return _six_digits(digits, header) if is_short else parse_date(cell)


def _six_digits(digits: str, context: str) -> date | None:
    """The date of yymmdd. Elsewhere than in Korea the day may come first.

    Then the year does only where the other reading lies years later, where no figures are yet.
    """
    first, month, last = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    found = next(iter(_valid(_CENTURY + first, month, last)), None)
    day_first = next(iter(_valid(_CENTURY + last, month, first)), None)
    apart = found and (day_first is None or day_first.year >= found.year + _YEARS_APART)
    return found if apart or _HANGUL.search(context) else None


def parse_date(cell: str) -> date | None:
    """The date a whole cell or flag holds: 2024-07-31, 20240731, 2024. 7. 31."""
    text = cell.strip()
    if len(text) == 10 and text[:2] in ("19", "20") and text[4] == text[7] == "-":
        return _valid_iso(text)
    return find_date(text) if len(text) <= 40 else None


def year_of(text: str) -> int | None:
    """The year a cell of a year column holds: 2024, 2024년, FY2024, FY24; of 2023-24 the first."""
    matched = _FISCAL.fullmatch(fold(narrow(text)))
    if not matched or matched["short"] or (matched["to"] and not _follows(matched)):
        return None
    return _fiscal(matched)


def find_year_in_name(name: str) -> int | None:
    """The one year a file's name holds: budget_2021.csv; None where it holds several."""
    found = {*map(int, _YEAR_ALONE.findall(name))}
    return found.pop() if len(found) == 1 else None


def fiscal_year_in(line: str) -> int | None:
    """The fiscal year a caption names as one: 2023 회계연도, FY 2023-24, ejercicio 2023."""
    found = {
        year
        for matched in _NAMED_YEAR.finditer(fold(narrow(line)))
        if (year := year_of(matched["before"] or matched["behind"]))
    }
    return found.pop() if len(found) == 1 else None


def cut_year(text: str) -> tuple[int | None, str]:
    """The first year among a header's words, and the words without it."""
    matched = _FISCAL.search(text)
    if not matched:
        return None, text
    end = matched.start("to") if matched["to"] and not _follows(matched) else matched.end()
    return _fiscal(matched), text[: matched.start()] + text[end:]


def states_month(text: str) -> bool:
    """Whether a month of a year is named: Dec 2024, junio de 2024."""
    named = _NAMED_MONTH.finditer(text)
    return any(matched["name"].casefold() in _MONTHS for matched in named)


def is_part_of_year(text: str) -> bool:
    """Whether a text is a month, a quarter or a half, with or without its year: 3월, Q2, March."""
    bare = cut_year(fold(narrow(text)))[1].strip(" .,'-")
    return bool(_PART_OF_YEAR.fullmatch(bare)) or bare.casefold() in _MONTHS


def _fiscal(matched: re.Match[str]) -> int:
    short = matched["short"] or matched["fiscal"]
    return _CENTURY + int(short) if short else int(matched["year"])


def _follows(matched: re.Match[str]) -> bool:
    """Whether a year of two parts is one fiscal year: 2023-24, FY 2023/2024."""
    return (int(matched["year"]) + 1) % 100 == int(matched["next"])


def _all_dates(text: str) -> Iterable[date]:
    for pattern in (_NUMERIC, _SHORT_YEAR, _COMPACT):
        for matched in pattern.finditer(text):
            yield from _valid(_year(matched), _group(matched, "month"), _group(matched, "day"))
            if _TO_ANOTHER_DAY.match(text, matched.end()):
                yield from (date.min, date.max)
    for matched in _SIX_AS_OF.finditer(text):
        found = _six_digits(matched["six"] or matched["before"], text)
        yield from [found] if found else []
    for matched in _MONTH_END.finditer(text):
        year, month = _year(matched), int(matched["month"])
        if 1 <= month <= 12:
            from calendar import monthrange  # dear at start-up, and seldom needed

            yield date(year, month, monthrange(year, month)[1])
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
    if matched["mark"] != ".":
        yield from _valid(year, first, second)


def _year(matched: re.Match[str]) -> int:
    groups = matched.groupdict()
    return int(groups["year"]) if groups.get("year") else _CENTURY + _group(matched, "short")


def _group(matched: re.Match[str], name: str) -> int:
    """A group by its name, or by that name and 2 where a pattern has two shapes."""
    groups = matched.groupdict()
    return int(groups[name] or groups[f"{name}2"])


def _valid_iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _valid(year: int, month: int, day: int) -> Iterable[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
