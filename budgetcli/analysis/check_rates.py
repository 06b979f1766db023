"""Every printed rate against its own denominator: which one that is, the figures themselves say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetcli.analysis.check_figures import Figures, Line, RateColumn
from budgetcli.analysis.check_formulas import (
    Checked,
    Followed,
    Ratio,
    choose,
    is_followed,
    score,
    term,
)
from budgetcli.i18n import Sentence, say
from budgetcli.measures import rate
from budgetcli.model import Finding, Printed, Severity

_USUAL = {
    "execution_rate": (Ratio("spent", "budget"),),
    "commitment_rate": (Ratio("committed", "budget"),),
    "target_rate": (Ratio("goal", "eligible"),),
    "attainment_rate": (Ratio("spent", "goal"),),
}
_PARTS = ("spent", "committed", "goal", "eligible", "unspent", "carried_over", "lapsed")
_WHOLES = ("budget", "eligible", "goal", "original", "appropriated", "committed")


class _Column(NamedTuple):
    """A column of rates beside the lines it stands in; `places` is what most of it prints."""

    figures: Figures
    rates: RateColumn
    places: int

    def judge(self, ratio: Ratio, step: int = 1) -> list[bool | None]:
        """For every step-th line, whether its rate can be this ratio; None where unknown."""
        lines, printed = self.figures.lines[::step], self.rates.printed[::step]
        return [self._fits(ratio, *pair) for pair in zip(lines, printed, strict=True)]

    def first_printed(self) -> Line:
        """The first line that shows a rate."""
        shown = zip(self.figures.lines, self.rates.printed, strict=True)
        return next(line for line, printed in shown if printed)

    def _fits(self, ratio: Ratio, line: Line, printed: Printed | None) -> bool | None:
        span = _span(self.figures, ratio, line)
        if printed is None or span is None:
            return None
        room = Fraction(ratio.times, 2 * 10 ** max(printed.places, self.places))
        return span[0] - room <= printed.value * ratio.times <= span[1] + room


def check_rates(figures: Figures) -> Checked:
    """Every printed rate that can be recomputed, within what rounding leaves open."""
    followed: list[Followed] = []
    findings: list[Finding] = []
    for rates in figures.rates:
        column = _Column(figures, rates, _usual_places(rates.printed))
        usual = _usual(figures, rates.key)
        ratio = choose(usual, _others(figures, usual), column.judge, len(figures.lines))
        if ratio is None:
            findings += _unexplained(column)
            continue
        verdicts = column.judge(ratio)
        agreeing, known = score(verdicts)
        if ratio != figures.ratios.get(rates.key) and not is_followed(agreeing, known):
            findings.append(_not_followed(column, ratio, agreeing, known))
            continue
        followed.append(_followed(rates, ratio, usual, agreeing, known))
        findings += _wrong(column, ratio, verdicts)
    return Checked(sum(entry.lines for entry in followed), tuple(followed), tuple(findings))


def _span(figures: Figures, ratio: Ratio, line: Line) -> tuple[Fraction, Fraction] | None:
    """The least and the most per cent that amounts which print like these can make."""
    part, whole = line.amount(ratio.part), line.amount(ratio.whole)
    if part is None or whole is None or abs(whole) <= figures.rooms[ratio.whole]:
        return None
    corners = [
        100 * above / below
        for above in _ends(figures, ratio.part, part)
        for below in _ends(figures, ratio.whole, whole)
    ]
    return min(corners), max(corners)


def _ends(figures: Figures, key: str, amount: int) -> tuple[Fraction, Fraction]:
    return amount - figures.rooms[key], amount + figures.rooms[key]


def _usual_places(printed: Sequence[Printed | None]) -> int:
    """The decimals most rates of a column show: a spreadsheet turns 58.0 into 58."""
    counts = Counter(rate.places for rate in printed if rate)
    return max(counts, key=lambda places: (counts[places], places), default=0)


def _usual(figures: Figures, key: str) -> tuple[Ratio, ...]:
    """What the header declares (B/A), else what the field means, where both amounts are there."""
    declared = figures.ratios.get(key)
    usual = (declared,) if declared else _USUAL.get(key, ())
    return tuple(ratio for ratio in usual if {ratio.part, ratio.whole} <= figures.rooms.keys())


def _others(figures: Figures, usual: Sequence[Ratio]) -> list[Ratio]:
    """Every other ratio of two amounts the table has; the usual one as a share comes first."""
    parts = dict.fromkeys((*(ratio.part for ratio in usual), *_PARTS))
    made = [
        Ratio(part, whole, times)
        for times in (1, 100)
        for part in parts
        for whole in _WHOLES
        if part != whole and {part, whole} <= figures.rooms.keys()
    ]
    shares = [ratio._replace(times=100) for ratio in usual]
    return [ratio for ratio in (*shares, *made) if ratio not in usual]


def _followed(
    rates: RateColumn, ratio: Ratio, usual: Sequence[Ratio], agreeing: int, known: int
) -> Followed:
    said = say("{column} = {ratio}", column=term(rates.key), ratio=_in_words(ratio))
    keys = f"{ratio.part} / {ratio.whole}"
    is_usual = not usual or ratio in usual
    return Followed(rates.key, keys, said, agreeing, known, is_usual)


def _wrong(column: _Column, ratio: Ratio, verdicts: Sequence[bool | None]) -> Iterator[Finding]:
    figures, rates = column.figures, column.rates
    for line, printed, verdict in zip(figures.lines, rates.printed, verdicts, strict=True):
        computed = rate(line.amount(ratio.part), line.amount(ratio.whole))
        if verdict is False and printed and computed is not None:
            yield Finding(
                code="rate_mismatch",
                severity=Severity.ERROR,
                message=say("the printed rate is not {ratio}", ratio=_in_words(ratio)),
                place=line.row.place,
                division=line.name,
                column=rates.key,
                printed=printed.value * ratio.times,
                computed=computed,
            )


def _not_followed(column: _Column, ratio: Ratio, agreeing: int, known: int) -> Finding:
    """Most rates are another ratio than the one expected, and no column shows of what."""
    message = say(
        "only {agreeing} of {lines} printed rates are {ratio}: "
        "they follow from something else, and were not recomputed",
        agreeing=agreeing,
        lines=known,
        ratio=_in_words(ratio),
    )
    place = column.first_printed().row.place
    return Finding("rate_unexplained", Severity.WARNING, message, place, column=column.rates.key)


def _unexplained(column: _Column) -> list[Finding]:
    """Rates of something the table does not show are said not to have been recomputed.

    A target rate may simply have been set.
    """
    if not any(column.rates.printed) or column.rates.key == "target_rate":
        return []
    message = say("these rates follow from no two columns of the table: they were not recomputed")
    place = column.first_printed().row.place
    return [Finding("rate_unexplained", Severity.NOTE, message, place, column=column.rates.key)]


def _in_words(ratio: Ratio) -> Sentence:
    return say("{part} ÷ {whole}", part=term(ratio.part), whole=term(ratio.whole))
