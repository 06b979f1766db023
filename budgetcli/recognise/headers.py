"""One header cell, or a path of them, read as a field: words, marks, unit, year.

Which column finally holds a field, where several could, is `columns`' decision.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from budgetcli.fields import FIELDS, Kind
from budgetcli.model import Unit
from budgetcli.patterns import lazy
from budgetcli.recognise import synonyms
from budgetcli.recognise.dates import cut_year, find_date, states_month, year_of
from budgetcli.recognise.names import clean, fold, key, word_key
from budgetcli.recognise.synonyms import OwnWords
from budgetcli.recognise.units import HARDLY_ALONE, find_unit, unit_named

_LONGEST = 400
_BRACKETS = lazy(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]")
_CIRCLED = lazy(r"[㉠-㉻㉮-㉻①-⑳ⓐ-ⓩⒶ-Ⓩ]")
_MONTH_END = lazy(r"[.\s]*(?:\d{1,2}\s*월\s*말(?:\s*(?:까지|현재|기준))?|(?<=\.)\s*\d{1,2}\.)\s*")
_TO_DATE = lazy(
    r"(?i)\b(year-)?(?:year )?to[ -]date\b|\byeartd\b"
    r"|\baté o (?:bimestre|mês|período)\b"
)
_FULL_YEAR = lazy(r"(?i)\bfull[ -]year\b")
_FROM_JANUARY = lazy(
    r"(?i)(?<!\d)0?1\s*[-–]\s*\d{1,2}\s*/\s*(?=20\d\d)"
    r"|\b(?:ene(?:ro)?|jan(?:uary|eiro)?|leden)\.?\s*(?:[-–]|a|to)\s*[^\W\d]{3,10}\.?\s*(?:de\s+)?(?=20\d\d|$)"
)
# a word ends where a blank, an underscore or, in montoAprobado, a capital begins another
_WORD = lazy(r"[^\W_]?[^\W_A-Z]+(?:-[^\W_]+)*|[A-Z]+(?![^\W_A-Z])")
_UPPER = lazy(r"[^\W_]+(?:-[^\W_]+)*")
_AS_OF_BEHIND = lazy(
    r"(?i)(?<=\S)\s+(?:as (?:of|at|on)|up ?to|k|al|a|at|to|till|até|hasta|thru|through)\s+.*\d.*$"
)
_TOKEN = r"(?:[A-Za-z]|[㉠-㉻㉮-㉻①-⑳ⓐ-ⓩⒶ-Ⓩ]|\(\d{1,2}\))"
_FORMULA = rf"(?:{_TOKEN}|\d{{1,3}})(?:\s*[-−+/÷×*=~]\s*(?:{_TOKEN}|\d{{1,3}}))+"
_MARK = lazy(rf"[(\[]\s*(?:{_FORMULA}|[A-Za-z]|\d{{1,2}})\s*[)\]]%?|{_TOKEN}|{_FORMULA}")
# the tier of a header of which only a part is known, and the fields that may be told by a part
PART_TIER = 9
_PARTLY_KNOWN = ("original", "budget", "committed", "spent")
_WHOLE_FORMULA = lazy(_FORMULA)  # 3 = (1 + 2), its parentheses set aside
_OF_TOTAL = lazy(r"(?i)/\s*total\b")
_PARENTHESES = lazy(r"[()]")
_RATE_OF = {
    "committed": "commitment_rate",
    "spent": "execution_rate",
    "budget": "execution_rate",
    "goal": "attainment_rate",
}


class HeaderCell(NamedTuple):
    """What one header cell says: its words' key, the marks set aside, a unit, a year, a % sign."""

    text: str
    core: str
    marks: tuple[str, ...] = ()
    unit: Unit | None = None
    year: int | None = None
    percent: bool = False


class Reading(NamedTuple):
    """What a column's header path may mean: candidates (field, tier), its unit, its year.

    `percent` is set where the cells say that they are rates, whatever the header.
    """

    path: tuple[str, ...]
    fields: tuple[tuple[str, int], ...] = ()
    unit: Unit | None = None
    year: int | None = None
    percent: bool = False

    @property
    def header(self) -> str:
        """The path as a person would point at it."""
        return " › ".join(map(fold, self.path))


@lru_cache(maxsize=1 << 16)
def read_cell(text: str, own: OwnWords = ()) -> HeaderCell:
    """The parts of one header cell; `own` are the user's own words for columns.

    A text longer than any header is not taken apart: it names nothing.
    """
    if len(text) > _LONGEST:
        return HeaderCell(text, text)
    folded = clean(unicodedata.normalize("NFC", text))
    if folded.isalpha() and (core := _core(folded, own)) in _known(own):
        return HeaderCell(folded, core)  # one word and nothing beside it
    unit = None if folded.casefold() in HARDLY_ALONE else unit_named(folded)
    if unit:
        return HeaderCell(folded, "", unit=unit)
    percent, marks = "%" in folded, []
    for inner in _BRACKETS.findall(folded):
        unit = unit or unit_named(inner) or find_unit(inner)
        marks.append(inner.strip())
    bare = folded
    if word_key(folded) not in _known(own):
        bare = _CIRCLED.sub("", _BRACKETS.sub("", folded)).strip()
        bare, unit = _without_unit(_without_date(bare), unit)
    year = None
    if not bare.isalpha():  # else there is no year and no month in it: most headers
        year, bare = cut_year(_FROM_JANUARY.sub("", bare))
        bare = _MONTH_END.sub("", bare)
    year = year or next((year for mark in marks if (year := year_of(mark))), None)
    core = _core(bare, own) if bare.strip() else key(folded)
    return HeaderCell(folded, core, tuple(marks), unit, year, percent)


def _without_date(bare: str) -> str:
    """Skutečnost k 30. 6. 2024 is Skutečnost: a day behind the words says only as of when."""
    matched = _AS_OF_BEHIND.search(bare) if " " in bare else None
    said = matched and (find_date(matched[0]) or states_month(matched[0]))
    return bare[: matched.start()] if matched and said else bare


def _without_unit(bare: str, unit: Unit | None) -> tuple[str, Unit | None]:
    """Budget £m, Gasto en miles de pesos: a unit behind the words without brackets."""
    words = bare.replace("_", " ")
    for blank in [place for place, sign in enumerate(words) if sign == " "]:
        found = unit_named(words[blank:])
        if found and words[blank:].strip().casefold() not in HARDLY_ALONE:
            return bare[:blank].rstrip(" ,:-"), unit or found
    return bare, unit


def _core(bare: str, own: OwnWords) -> str:
    """The key of a cell's words, without an "amount" that adds nothing to them."""
    core = word_key(bare).strip("*·:：-=")
    if core in _known(own):
        return core
    short = core.strip("%").removesuffix("s").removesuffix("amount").removesuffix("금액")
    if short in _known(own):
        return short
    words = _words(bare)
    return (len(words) > 1 and synonyms.loosely(words, own)) or core


def _words(bare: str) -> tuple[str, ...]:
    pattern = _UPPER if bare.isupper() else _WORD
    plain = _TO_DATE.sub(r"\1to-date", _FULL_YEAR.sub("annual", bare))
    return tuple(map(word_key, pattern.findall(plain)))


def read_path(path: tuple[str, ...], own: OwnWords = (), *, percent: bool = False) -> Reading:
    """The fields a header path may mean; outer words count where the inner ones are generic.

    `percent` says that the cells below are per cent: Čerpání over 40 % is a rate.
    """
    cells = [read_cell(text, own) for text in path if not is_mark(text)]
    unit = next((cell.unit for cell in reversed(cells) if cell.unit), None)
    year = next((cell.year for cell in reversed(cells) if cell.year), None)
    if any(cell.core in synonyms.REVENUE_WORDS or _differs(cell) for cell in cells[:-1]):
        return Reading(path, (), unit, year, percent)
    is_of_rates = percent or _is_rate(cells, own)
    fields = _rate_fields(cells, own) if is_of_rates else _plain_fields(cells, own)
    return Reading(path, fields, unit, year, percent)


def _differs(cell: HeaderCell) -> bool:
    """Whether a cell over others says that they hold differences: Variance with, 증감."""
    return not synonyms.DIFFERENCES.isdisjoint(_words(_BRACKETS.sub("", cell.text)))


def is_plain(reading: Reading, own: OwnWords = ()) -> bool:
    """Whether every outer word of a column's path is a year, a mark or a word of the field."""
    return all(
        is_mark(text) or is_year(text) or means_something(text, own) for text in reading.path[:-1]
    )


def is_rate(reading: Reading, own: OwnWords = ()) -> bool:
    """Whether a column's header says that it holds rates, of whatever."""
    named = bool(reading.path) and _is_rate([read_cell(text, own) for text in reading.path], own)
    return named or reading.percent


def marks_of(reading: Reading) -> tuple[str, ...]:
    """The marks of a column's header, without blanks: A, C/B, 3=2/1 also as 2/1."""
    marks = [
        mark.replace(" ", "")
        for text in reading.path
        for mark in ((text.strip("()[] "),) if is_mark(text) else read_cell(text).marks)
    ]
    return tuple(part for mark in marks for part in (mark, *mark.split("=")))


def means_something(text: str, own: OwnWords = ()) -> bool:
    """Whether a cell's text is a word of the field (a term, a rate word, a generic amount word)."""
    core = read_cell(text, own).core
    others = synonyms.RATE_WORDS | synonyms.GENERIC - {"계"} | synonyms.REVENUE_COLUMNS
    return core in _known(own) or core in others


def names_amounts(text: str, own: OwnWords = ()) -> bool:
    """Whether a cell's words are those of an amount or a rate: 지출액, 집행률, 수납액, budget."""
    core = read_cell(text, own).core
    kinds = {FIELDS[field].kind for field, _ in _known(own).get(core, ())}
    return bool(kinds & {Kind.MONEY, Kind.RATE}) or core in synonyms.REVENUE_COLUMNS


def is_mark(text: str) -> bool:
    """Whether a cell only points at columns: (A), ㉮, B/A, (3=2/1)."""
    bare = text.strip()
    if bare.isdecimal() or (bare.isalpha() and (len(bare) > 1 or not bare.isascii())):
        return False  # numbers and words, as most cells hold, are told without looking closer
    return bool(_MARK.fullmatch(bare) or _WHOLE_FORMULA.fullmatch(_PARENTHESES.sub("", bare)))


def is_year(text: str) -> bool:
    """Whether a cell is nothing but a year."""
    if text.isdecimal() and (len(text) != 4 or not text.startswith(("19", "20"))):
        return False  # an amount, told without looking closer
    cell = read_cell(text)
    return cell.year is not None and cell.core in ("", key(cell.text))


def _known(own: OwnWords) -> dict[str, tuple[tuple[str, int], ...]]:
    return synonyms.lookup(own)


def _is_rate(cells: list[HeaderCell], own: OwnWords) -> bool:
    return any(
        cell.percent
        or cell.core in synonyms.RATE_WORDS
        or any(FIELDS[field].kind is Kind.RATE for field, _ in _known(own).get(cell.core, ()))
        for cell in cells
    )


def _rate_fields(cells: list[HeaderCell], own: OwnWords) -> tuple[tuple[str, int], ...]:
    """집행률 › 원인행위액 is the commitment rate: an amount in the path says of what.

    % (b/total b) is each row's share of the column's total, and no rate of the row's.
    """
    if any(_OF_TOTAL.search(mark) for cell in cells for mark in cell.marks):
        return ()
    explicit: tuple[tuple[str, int], ...] = ()
    for cell in reversed(cells):
        for field, tier in _known(own).get(cell.core, ()):
            if FIELDS[field].kind is not Kind.MONEY:
                explicit = explicit or ((field, tier),)
            elif field in _RATE_OF:
                return ((_RATE_OF[field], tier),)
    return explicit


def _plain_fields(cells: list[HeaderCell], own: OwnWords) -> tuple[tuple[str, int], ...]:
    joined, known = "".join(cell.core for cell in cells), _known(own)
    if joined in known:
        return known[joined]
    for cell in reversed(cells):
        if cell.core in known:
            return known[cell.core]
        if cell.core and cell.core not in synonyms.GENERIC:
            return known.get(_beside_outer(cells), ()) or _part_fields(cell)
    return ()


def _beside_outer(cells: list[HeaderCell]) -> str:
    """Orçamento › Atual, Créditos › Iniciales: what the inner word makes of the outer noun."""
    words = tuple(word for cell in cells for word in _words(_BRACKETS.sub("", cell.text)))
    return synonyms.loosely(words) if len(cells) > 1 else ""


def _part_fields(cell: HeaderCell) -> tuple[tuple[str, int], ...]:
    """What a header of which only a part is known may mean, as the last thing to be tried."""
    part = synonyms.partly(_words(_BRACKETS.sub("", cell.text)))
    fields = [field for field, _ in _known(()).get(part, ()) if field in _PARTLY_KNOWN]
    return ((fields[0], PART_TIER),) if len(fields) == 1 else ()
