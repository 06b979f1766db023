"""What the functions give: the program's own values, and what Python and notebooks see of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from budgetcli import model, report
from budgetcli.analysis.canonical import canonical
from budgetcli.asked import unit
from budgetcli.views import Format, Page, find_format, said_once

if TYPE_CHECKING:
    import pandas as pd

_NOTEBOOK = Format("notebook", "budgetcli.views.notebook:draw")


class Report(report.Report):
    """One answer: exact rows as in the command's JSON, and what may be made of them."""

    def __str__(self) -> str:
        width = shutil.get_terminal_size().columns
        return self._drawn(find_format("table"), Page(self._places(1), width=width))

    __repr__ = __str__

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas frame under English keys: exact money, see `frames.frame_of`."""
        from budgetcli.frames import frame_of

        return frame_of(self)

    def to_dict(self, decimals: int = 1) -> dict[str, object]:
        """What the command's JSON holds; rates are floats, money is int, with cents Decimal."""
        from budgetcli.views.json import as_python

        return as_python(said_once(self, find_format("json")), Page(self._places(decimals)))

    def to_html(self, decimals: int = 1, show_unit: int | str | None = None) -> str:
        """The page of `--format html`, whole."""
        shown = None if show_unit is None else unit(str(show_unit), "show_unit")
        return self._drawn(find_format("html"), Page(self._places(decimals), shown))

    def _repr_html_(self) -> str:
        return self._drawn(_NOTEBOOK, Page(self._places(1)))

    def _drawn(self, format: Format, page: Page) -> str:
        return str(format.draw(said_once(self, format), page))

    def _places(self, decimals: int) -> int:
        return max(decimals, self.decimals)


class Table(model.BudgetTable):
    """One budget table with everything that was inferred, for any number of questions."""

    def __str__(self) -> str:
        return str(_converted(self))

    def __repr__(self) -> str:
        return f"<Table {self.place}: {len(self.rows)} rows, as of {self.as_of or '?'}>"

    def to_frame(self) -> pd.DataFrame:
        """Its rows, amounts and printed rates: what `convert` gives."""
        return _converted(self).to_frame()

    def _repr_html_(self) -> str:
        return _converted(self)._repr_html_()


def _converted(table: model.BudgetTable) -> Report:
    return Report(*canonical(table))
