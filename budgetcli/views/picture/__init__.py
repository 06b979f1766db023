"""Reports as pictures: one kind a file, each `(Report, Page, most rows) -> Sheet`.

Nothing else in the program knows matplotlib, and it is imported when a picture is asked for.
`ink` owns text, `fonts` what it can be written with, `sheet` the paper, `save` the bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module, util
from typing import TYPE_CHECKING

from budgetcli.errors import MissingExtraError
from budgetcli.i18n import say
from budgetcli.report import Report
from budgetcli.views import Page, Picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from budgetcli.views.picture.sheet import Sheet

# What matplotlib says of its caches and fonts is nobody's business; who listens still hears it.
logging.getLogger("matplotlib").addHandler(logging.NullHandler())

# kind -> whose answer it draws
KINDS = {
    "bars": "summary",
    "pace": "summary",
    "trend": "trend",
    "bridge": "bridge",
    "forecast": "forecast",
    "unspent": "summary",
}


def svg(report: Report, page: Page, kind: str = "bars", most: int | None = None) -> str:
    """One `<svg>` element, to be a file of its own or to stand in a page beside others.

    `kind` is a key of KINDS, `report` an answer of the name it gives; `most` is how many rows
    are drawn (None: as many as a page of A4 holds). Raises MissingExtraError without matplotlib,
    UserError where no installed font has the letters.
    """
    _need_matplotlib()
    from budgetcli.views.picture import save

    with save.settings():
        return save.svg(_figure(report, page, Picture(kind, most)), kind)


def draw(report: Report, page: Page, style: str) -> bytes:
    """The file's bytes; `style` is png, svg or pdf, `page.picture` what is drawn. Raises as svg."""
    picture = page.picture or Picture()
    if style == "svg":
        return f"{svg(report, page, *picture)}\n".encode()
    _need_matplotlib()
    from budgetcli.views.picture import save

    with save.settings():
        figure = _figure(report, page, picture)
        return save.png(figure) if style == "png" else save.pdf(figure)


def _figure(report: Report, page: Page, picture: Picture) -> Figure:
    drawing: Callable[[Report, Page, int | None], Sheet] = import_module(
        f"budgetcli.views.picture.{picture.kind}"
    ).draw
    return drawing(report, page, picture.most).figure


def _need_matplotlib() -> None:
    """Raises MissingExtraError."""
    if util.find_spec("matplotlib") is None:
        raise MissingExtraError("charts", say("drawing a picture"), where="chart")
