"""The currency that a column or a name beside the rows states; units are `scales`' business."""

from __future__ import annotations

from collections.abc import Iterable

from budgetcli.i18n import say
from budgetcli.model import RawTable, Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.bands import Bands
from budgetcli.recognise.choice import UndecidedError
from budgetcli.recognise.columns import ColumnMap
from budgetcli.recognise.grid import Grid
from budgetcli.recognise.headers import read_cell
from budgetcli.recognise.names import last_key
from budgetcli.recognise.synonyms import CURRENCY_WORDS
from budgetcli.recognise.units import unit_named

_CODE = lazy("[A-Z]{3}")


def in_currency(
    unit: Unit | None, raw: RawTable, grid: Grid, bands: Bands, columns: ColumnMap
) -> Unit | None:
    """A table's unit with the currency stated beside it, if it names none itself.

    Raises UndecidedError where rows are in several currencies: they cannot be added.
    """
    stated = sorted({*filter(None, map(_currency_of, _texts(raw, grid, bands, columns)))})
    if len(stated) > 1:
        raise UndecidedError(
            say("the rows are in several currencies: {currencies}", currencies=", ".join(stated)),
            where=str(raw.place()),
            why=say("amounts of several currencies have no sum"),
            next=say("put rows of one currency into a file of their own"),
        )
    if not stated or (unit and unit.currency):
        return unit
    return unit._replace(currency=stated[0]) if unit else Unit(stated[0], 1, stated[0])


def _texts(raw: RawTable, grid: Grid, bands: Bands, columns: ColumnMap) -> Iterable[str]:
    for column, reading in enumerate(columns.readings):
        if reading.path and _says_currency(reading.path[-1]):
            yield from {grid.rows[row][column] for row in bands.data}
    yield from (value for name, value in raw.siblings.items() if _says_currency(name))


def _says_currency(name: str) -> bool:
    return read_cell(last_key(name)).core in CURRENCY_WORDS


def _currency_of(text: str) -> str | None:
    unit = unit_named(text)
    return unit.currency if unit else (text if _CODE.fullmatch(text) else None)
