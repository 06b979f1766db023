"""A drawn figure as bytes or as SVG text: the same figure gives the same output on any day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from html import unescape
from io import BytesIO
from xml.etree import ElementTree as ET

from matplotlib import rc_context, rcdefaults
from matplotlib.figure import Figure

_DOTS = 200  # an inch
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_UNTOLD = ("Creator", "Date", "Format", "Type")


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib as it comes, whatever the user's own settings are; glyphs drawn as outlines."""
    with rc_context():
        rcdefaults()
        with rc_context({"svg.fonttype": "path", "svg.hashsalt": "budgetcli"}):
            yield


def png(figure: Figure) -> bytes:
    """Pixels, for a screen or a text processor."""
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=_DOTS, metadata={"Software": None})
    return drawn.getvalue()


def pdf(figure: Figure) -> bytes:
    """One page, of the picture's own size; its text can be searched."""
    drawn = BytesIO()
    figure.savefig(drawn, format="pdf", metadata={"CreationDate": None, "Producer": None})
    return drawn.getvalue()


def svg(figure: Figure, name: str) -> str:
    """One `<svg>` element that may stand in a page beside others, under a strict content policy.

    `name` begins every id. What a style sheet would say is said by attributes: nothing of it
    reaches out into the page, and no policy against styles breaks it. Its texts are outlines,
    so they stand in its description too.
    """
    drawn = BytesIO()
    figure.savefig(drawn, format="svg", metadata=dict.fromkeys(_UNTOLD))
    text = drawn.getvalue()
    root = ET.fromstring(text, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))
    _speak(root)
    _strip(root)
    _rename(root, f"{name}-{sha256(text).hexdigest()[:8]}-")
    _describe(root, [text.get_text() for text in figure.axes[0].texts])
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ET.tostring(root, encoding="unicode")


def _speak(root: ET.Element) -> None:
    """matplotlib leaves each text as a comment before its outlines: it becomes an attribute."""
    for group in root.iter(f"{{{_SVG}}}g"):
        for child in list(group):
            if callable(child.tag):
                group.set("data-text", unescape((child.text or "").strip()))
                group.remove(child)


def _strip(root: ET.Element) -> None:
    """Style sheets become attributes; what only tells of the program that drew is dropped."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
        for declaration in filter(None, parent.attrib.pop("style", "").split("; ")):
            key, _, value = declaration.partition(": ")
            parent.set(key, value)
    root.set("stroke-linejoin", "round")


def _rename(root: ET.Element, start: str) -> None:
    """Every id, and every word that points to one."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, start + value)
            elif key == _LINK:
                element.set(key, f"#{start}{value.removeprefix('#')}")
            elif value.startswith("url(#"):
                element.set(key, value.replace("url(#", f"url(#{start}"))


def _describe(root: ET.Element, texts: Sequence[str]) -> None:
    """What is read aloud: the finding, then all there is to read."""
    root.set("role", "img")
    for number, (tag, text) in enumerate((("title", texts[0]), ("desc", " · ".join(texts[1:])))):
        child = ET.Element(f"{{{_SVG}}}{tag}")
        child.text = text
        root.insert(number, child)
