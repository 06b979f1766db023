"""How every picture looks: sizes in points, and colours told apart without red and green.

Blue and orange are Okabe and Ito's; printed in grey, the one is dark and the other light.
"""

from __future__ import annotations

WIDTH = 500  # a page of A4 between its margins
MARGIN = 14
PLOT = 180  # where names and figures leave less, the picture grows wider

TITLE, LABEL, SMALL = 13.0, 9.0, 7.5
LEADING = 1.35

INK = "#1a1a1a"
MUTED = "#56616b"
FAINT = "#b4bcc4"
GRID = "#e2e6ea"
PAPER = "#ffffff"
BLUE, PALE_BLUE = "#0072b2", "#bcd8ea"
ORANGE, PALE_ORANGE = "#e69f00", "#f8e2b0"

NAME = 150  # the widest a name gets before it is shortened
MOST = 40  # rows on one page of A4
LIMIT = 500  # rows of the largest picture


def row_height(rows: int) -> float:
    """Points a row: many rows stand closer, so that as many as MOST fit a page of A4."""
    return next((height for most, height in ((12, 24.0), (24, 19.0)) if rows <= most), 15.0)
