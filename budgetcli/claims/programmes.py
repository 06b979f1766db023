"""The programmes a report tells of: name, budget, its breakdown, targets and results.

A programme is a titled section with an outline of its own (`□ 사업개요`). What is not said is left
empty; nothing is taken from one section for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetcli.claims.figures import SHARE, WON, Figure, figures_in
from budgetcli.claims.items import list_in
from budgetcli.claims.statements import Statement, title_of
from budgetcli.model import Place
from budgetcli.patterns import lazy
from budgetcli.recognise.names import clean, key


class Programme(NamedTuple):
    """One programme as the report tells of it.

    `budget` is in won, None where the report prints none; `breakdown`, `targets` and `results`
    are what the report prints, a text a statement.
    """

    name: str
    chapter: str
    division: str
    budget: int | None
    breakdown: tuple[str, ...]
    targets: tuple[str, ...]
    results: tuple[str, ...]
    place: Place


class _Section(NamedTuple):
    """The statements between one outline heading and the next."""

    name: str
    chapter: str
    place: Place
    statements: tuple[Statement, ...]


_CHAPTER = lazy(r"\d{1,2}\.")
_OUTLINE = lazy(r"(?:사\s*업|행\s*사|추\s*진|계\s*획|과\s*제|시\s*설|기\s*금)?\s*개\s*요")
_BUDGET = lazy(
    r"(?:[’'‘]?\d{2,4}\s*년?도?\s*)?(?:총\s*)?(?:사\s*업|소\s*요|편\s*성|당\s*초)?\s*"
    r"(?:예\s*산\s*액?|사\s*업\s*비|소\s*요\s*액)\s*[:：]\s*"
)
_DIVISION = lazy(r"(?:담당|소관|주관|추진)?\s*(?:부\s*서|과)\s*(?:명)?\s*[:：]\s*(?P<name>\S.*)")
_TARGET = lazy(r"목\s*표")
_RESULT = lazy(r"실\s*적|달\s*성|완\s*료|수\s*료")
_DUTY_MARKS = "∙•·"
_DUTY = lazy(f"[{_DUTY_MARKS}]")
# shorter words, and pairs of them, are in every division's duties: 지원 강화
_WORD = 4
_SHORTEST = 5
_REACH = 20


def programmes_in(statements: Sequence[Statement]) -> list[Programme]:
    """Every programme of a report, in reading order."""
    return [_programme(section) for section in _sections(statements)]


def _sections(statements: Sequence[Statement]) -> Iterator[_Section]:
    starts = [number for number, one in enumerate(statements) if _is_outline(one)]
    titles = [_title(statements, start) for start in starts]
    ends = [*titles[1:], len(statements)][: len(starts)]
    chapters = _chapters(statements)
    part = ""
    for start, title, end in zip(starts, titles, ends, strict=True):
        own = statements[title]
        part = _chapter(statements, title) or part
        before = [name for number, name in chapters if number < title]
        chapter = part if own.mark else before[-1] if before else ""
        yield _Section(_name(own), chapter, own.place, tuple(statements[start:end]))


def _chapters(statements: Sequence[Statement]) -> list[tuple[int, str]]:
    """Chapters begin where a line of the contents (`1. 첨단산업 육성`) stands again.

    It may stand there cut short, and its rest on the next line.
    """
    numbered = [(n, one) for n, one in enumerate(statements) if _CHAPTER.fullmatch(one.mark)]
    found = []
    for place, (number, one) in enumerate(numbered):
        earlier = [
            other.text
            for _, other in numbered[:place]
            if other.mark == one.mark and key(other.text).startswith(key(one.text))
        ]
        if earlier:
            found.append((number, clean(earlier[0])))
    return found


def _is_outline(statement: Statement) -> bool:
    return statement.mark in ("□", "■", "○", "ㅇ", "●") and (
        _OUTLINE.fullmatch(statement.text) is not None
    )


def _title(statements: Sequence[Statement], start: int) -> int:
    """The nearest numbered line above an outline, else the outline itself.

    Past another heading of the same section (`□ 추진근거`) only a plain line is its title.
    """
    past = False
    for number in range(start - 1, max(-1, start - _REACH), -1):
        one = statements[number]
        if title_of(one) and not (past and one.mark):
            return number
        if _is_outline(one):
            break
        past = past or one.mark in ("□", "■")
    return start


def _name(statement: Statement) -> str:
    return clean(title_of(statement) or statement.text)


def _chapter(statements: Sequence[Statement], title: int) -> str:
    """The numbered line above a title that is itself a part of a numbered one."""
    for number in range(title - 1, max(-1, title - _REACH), -1):
        if statements[number].mark == "" and title_of(statements[number]):
            return _name(statements[number])
        if statements[number].mark in ("□", "■"):
            return ""
    return ""


def divisions_of(
    programmes: Sequence[Programme], statements: Sequence[Statement], divisions: Sequence[str]
) -> list[Programme]:
    """With the division of each: as printed, else that whose duties alone name it.

    Duties are what a report lists behind a division's name. They name a programme by two words of
    its name that follow each other there too (`서울형 R&D`), or as a programme of its own
    (`캠퍼스타운 사업`); one word in common says nothing.
    """
    duties = _duties(statements, divisions)
    return [
        one if one.division else one._replace(division=_responsible(one.name, duties))
        for one in programmes
    ]


def _duties(statements: Sequence[Statement], divisions: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for statement in statements:
        own = next((one for one in divisions if key(statement.text).startswith(key(one))), "")
        if own and own not in found and _DUTY.search(statement.text):
            found[own] = _DUTY.split(statement.text, maxsplit=1)[1]
            current = own
        elif current and statement.mark in _DUTY_MARKS:
            found[current] += f" {statement.text}"
        else:
            current = ""
    return found


def _responsible(name: str, duties: Mapping[str, str]) -> str:
    owners = [division for division, text in duties.items() if _is_named(name, clean(text))]
    return owners[0] if len(owners) == 1 else ""


def _is_named(name: str, duties: str) -> bool:
    words = name.split()
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    together = any(len(pair) > _SHORTEST and pair in duties for pair in pairs)
    own = (f"{word} 사업" for word in words if len(word) >= _WORD)
    return together or any(one in duties for one in own)


def _programme(section: _Section) -> Programme:
    budgets = [
        (number, one, found.end())
        for number, one in enumerate(section.statements)
        if (found := _BUDGET.match(one.text)) and _won(one.text[found.end() :]) is not None
    ]
    number, stated, start = budgets[0] if budgets else (0, None, 0)
    return Programme(
        name=section.name,
        chapter=section.chapter,
        division=next(_divisions(section), ""),
        budget=_won(stated.text[start:]) if stated else None,
        breakdown=_breakdown(section, number, stated.text[start:]) if stated else (),
        targets=tuple(one.text for one in section.statements if _is_target(one)),
        results=tuple(one.text for one in section.statements if _is_result(one)),
        place=section.place,
    )


def budget_of(statement: Statement) -> Figure | None:
    """The money behind `예산 :`, where a statement starts so."""
    found = _BUDGET.match(statement.text)
    figures = figures_in(statement.text[found.end() :]) if found else ()
    return figures[0] if figures and figures[0].measure == WON else None


def _won(text: str) -> int | None:
    """The first figure of a text, where it is money."""
    figures = figures_in(text)
    if figures and figures[0].measure == WON and figures[0].value.denominator == 1:
        return int(figures[0].value)
    return None


def _divisions(section: _Section) -> Iterator[str]:
    for one in section.statements:
        if found := _DIVISION.fullmatch(one.text):
            yield clean(found["name"])


def _breakdown(section: _Section, number: int, text: str) -> tuple[str, ...]:
    """The parts in brackets behind a budget, else those of the line below it."""
    inner = text.partition("(")[2].rpartition(")")[0]
    below = section.statements[number + 1 : number + 2]
    texts = [inner, *(one.text for one in below if one.mark in ("-", "–", "·"))]
    for one in texts:
        listed = list_in(one)
        if listed and len(listed.items) > 1 and listed.clean:
            return tuple(f"{item.label} {item.figures[0].text}" for item in listed.items)
    return ()


def _is_target(statement: Statement) -> bool:
    return _TARGET.search(statement.text) is not None and bool(figures_in(statement.text))


def _is_result(statement: Statement) -> bool:
    """What was reached: said so, or a share of something."""
    figures = figures_in(statement.text)
    reached = any(figure.measure == SHARE and not figure.vague for figure in figures)
    said = _RESULT.search(statement.text) is not None
    return bool(figures) and (said or reached) and not _is_target(statement)
