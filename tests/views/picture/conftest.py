"""Pictures to look at from the inside: their texts, and their filled boxes with their places."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from budgetcli.analysis.question import Question
from budgetcli.analysis.summary import summary
from budgetcli.report import Report
from budgetcli.views import Page
from budgetcli.views.picture import svg
from tests.analysis.tables import table

SVG = "{http://www.w3.org/2000/svg}"
BLUE, PALE_BLUE, ORANGE, PALE_ORANGE = "#0072b2", "#bcd8ea", "#e69f00", "#f8e2b0"
HEADS = "부서,예산현액,원인행위액,지출액,기준일,단위\n"


class Box(NamedTuple):
    """A filled rectangle, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


class Seen(NamedTuple):
    """What there is to see in a picture."""

    root: ET.Element

    @property
    def texts(self) -> list[str]:
        told = (element.get("data-text") for element in self.root.iter())
        return [text for text in told if text]

    @property
    def title(self) -> str:
        return self.root.findtext(f"{SVG}title") or ""

    @property
    def height(self) -> float:
        return float(str(self.root.get("viewBox")).split()[3])

    def boxes(self, color: str) -> list[Box]:
        """The bars of a colour from above downwards; the squares of the key are none."""
        found = []
        for path in self.root.iter(f"{SVG}path"):
            if path.get("fill") == color:
                xs, ys = zip(*re.findall(r"(-?[\d.]+) (-?[\d.]+)", str(path.get("d"))), strict=True)
                places = [*map(float, xs)], [*map(float, ys)]
                found.append(Box(*(low(some) for low in (min, max) for some in places)))
        return sorted((box for box in found if round(box.width, 3) != 8), key=lambda box: box.top)


def see(drawn: str) -> Seen:
    return Seen(ET.fromstring(drawn))


Draw = Callable[..., Seen]


def asked(text: str, **question: Any) -> Report:
    """A summary of rows without the header, the furthest behind first."""
    return summary(table(HEADS + text), Question(sort="variance")._replace(**question))


@pytest.fixture
def draw() -> Draw:
    """Draws a kind of picture of a report, and looks at it."""

    def drawn(
        report: Report, kind: str = "bars", most: int | None = None, page: Page = Page()
    ) -> Seen:
        return see(svg(report, page, kind, most))

    return drawn


@pytest.fixture(scope="session", autouse=True)
def hangul() -> None:
    """Skips where this machine has no font with Hangul: .ci/run installs one."""
    from budgetcli.views.picture.fonts import UnwritableError, families

    try:
        families("가", "normal")
    except UnwritableError:
        pytest.skip("no font with Hangul: apt install fonts-noto-cjk")
