"""What leaves the room: three formats of one drawing, and an svg that may stand in any page."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from budgetcli.errors import MissingExtraError
from budgetcli.views import Page, Picture
from budgetcli.views.picture import draw, svg
from tests.views.conftest import Summary
from tests.views.picture.conftest import SVG, see


@pytest.mark.parametrize(
    ("style", "signature"), [("png", b"\x89PNG\r\n\x1a\n"), ("pdf", b"%PDF-1."), ("svg", b"<svg ")]
)
def test_each_format_is_what_it_says(summary: Summary, style: str, signature: bytes) -> None:
    assert draw(summary(), Page(), style).startswith(signature)


def test_a_png_is_of_a_width_for_print(summary: Summary) -> None:
    drawn = draw(summary(), Page(picture=Picture("bars")), "png")
    assert int.from_bytes(drawn[16:20]) >= 1388


def test_an_svg_has_no_style_and_no_address(summary: Summary) -> None:
    drawn = svg(summary(), Page())
    assert "style" not in drawn
    addresses = {*re.findall(r"https?://[^\"' ]+", drawn)}
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_every_reference_of_an_svg_leads_to_an_id_of_its_own(summary: Summary) -> None:
    drawn = svg(summary(), Page())
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len({*ids})
    assert {*re.findall(r'(?:href="#|url\(#)([^")]+)', drawn)} <= {*ids}


def test_pictures_in_one_page_share_no_ids(summary: Summary) -> None:
    ids = [
        {*re.findall(r' id="([^"]+)"', svg(report, Page(), kind))}
        for report, kind in [(summary(), "bars"), (summary(), "unspent")]
    ]
    assert not ids[0] & ids[1]


def test_an_svg_is_read_aloud(summary: Summary) -> None:
    root = see(svg(summary(), Page())).root
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert "창조산업과 · 30.7 % · -27.5 · lagging" in str(root.findtext(f"{SVG}desc"))


def test_the_outlines_of_text_are_in_the_svg(summary: Summary) -> None:
    root = see(svg(summary(), Page())).root
    assert not [*root.iter(f"{SVG}text")]
    assert [*root.iter(f"{SVG}use")]


def test_without_matplotlib_the_extra_is_named(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match="drawing a picture") as caught:
        draw(summary(), Page(), "png")
    assert "budgetcli[charts]" in str(caught.value)


def test_the_room_itself_needs_no_matplotlib() -> None:
    code = "import budgetcli.views.picture, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
