"""The pages in a real Chromium: quiet, sorted, found, read by everybody, printed whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from budgetcli.cli import main
from budgetcli.i18n import use_language
from tests.browser import Browser, browser, chromium

HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org","x")',
    "과" * 400,
    "W" * 400,
    "قسم المالية 12",
]
DATES = ("2024-05-31", "2024-06-30", "2024-07-31")
PAGES = ("office", "korean", "hostile", "won", "many", "answer")


def office(day: str, paid: int) -> str:
    return "".join(f"과{number},1000,{paid * number},{day}\n" for number in range(1, 5))


def many() -> str:
    rows = (
        f"{number}과,{number * 1000},{number * 7 * (number % 130)}\n" for number in range(1, 244)
    )
    return "부서,예산현액,지출액\n" + "".join(rows)


def hostile() -> str:
    named = [name.replace('"', '""') for name in HOSTILE]
    rows = (f'"{name}",1000,900,{500 + number}\n' for number, name in enumerate(named))
    return "부서,예산현액,원인행위액,지출액\n" + "".join(rows)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of the built-in table in both languages, and of tables that try its limits."""
    folder = tmp_path_factory.mktemp("pages")
    dated = "부서,예산현액,지출액,기준일\n" + "".join(
        office(day, 50 * number) for number, day in enumerate(DATES, 1)
    )
    won = "단위: 원\n부서,예산현액,지출액\n총무과,123456789012345,98765432109876\n재무과,5,1\n"
    tables = {"hostile": hostile(), "won": won, "many": many(), "dates": dated}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    as_of = ("--as-of", "2024-07-31")
    commands = {
        "office": ("report", str(folder / "dates.csv")),
        "korean": ("report", "--lang", "ko"),
        "hostile": ("report", str(folder / "hostile.csv"), *as_of),
        "won": ("report", str(folder / "won.csv"), *as_of),
        "many": ("report", str(folder / "many.csv"), *as_of),
        "answer": ("summary",),
    }
    for name, words in commands.items():
        assert main([*words, "-q", "-o", str(folder / f"{name}.html")]) == 0
        use_language("en")
    return {name: folder / f"{name}.html" for name in commands}


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for all of them."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium on this machine: apt install chromium")
    with browser(path) as found:
        yield found


@pytest.fixture(autouse=True)
def plain(chrome: Browser) -> None:
    """Every test starts on a wide, light screen."""
    chrome.size(1440)
    chrome.prefer()


def names(chrome: Browser) -> Any:
    """The names of the first table's rows that can be seen, in order."""
    return chrome.evaluate(
        "[...document.querySelector('table').tBodies[0].rows]"
        ".filter(row => !row.hidden).map(row => row.cells[0].textContent)"
    )


def click_head(chrome: Browser, head: str) -> None:
    chrome.evaluate(
        "[...document.querySelector('table').tHead.querySelectorAll('button')]"
        f".find(button => button.textContent === '{head}').click()"
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(
    chrome: Browser, pages: dict[str, Path], name: str
) -> None:
    chrome.open(pages[name])
    assert chrome.requests() == [pages[name].as_uri()]
    assert chrome.complaints() == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows(chrome: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    chrome.size(width)
    chrome.open(pages[name])
    # pictures alone may be wider than a phone: they scroll in their own frame
    beyond = chrome.evaluate(
        "[...document.querySelectorAll('body *')]"
        ".filter(one => !one.closest('figure, .skip, thead'))"
        f".filter(one => one.getBoundingClientRect().right > {width} + 0.5)"
        ".map(one => one.outerHTML.slice(0, 80))"
    )
    assert beyond == []
    assert chrome.evaluate("document.documentElement.scrollWidth") == width


def test_a_click_on_a_head_sorts_and_another_turns_the_order(
    chrome: Browser, pages: dict[str, Path]
) -> None:
    chrome.open(pages["korean"])
    click_head(chrome, "집행률")
    assert names(chrome)[0] == "창조산업과"
    click_head(chrome, "집행률")
    assert names(chrome)[0] == "창업정책과"
    assert chrome.evaluate(
        "[...document.querySelector('table').tHead.rows[0].cells].map(one => one.ariaSort)"
        ".filter(Boolean)"
    ) == ["descending"]
    assert chrome.evaluate("document.querySelector('tfoot th').textContent") == "계"


def test_amounts_are_sorted_as_amounts_and_unknown_ones_come_last(
    chrome: Browser, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text("부서,예산현액,지출액\n가,9,1\n나,-,1\n다,10,1\n", "utf-8")
    main(["summary", str(tmp_path / "table.csv"), "-q", "-o", str(tmp_path / "page.html")])
    chrome.open(tmp_path / "page.html")
    click_head(chrome, "Budget")
    assert names(chrome) == ["가", "다", "나"]
    click_head(chrome, "Budget")
    assert names(chrome) == ["다", "가", "나"]


def test_the_keyboard_sorts_and_shows_where_it_is(chrome: Browser, pages: dict[str, Path]) -> None:
    chrome.open(pages["answer"])
    chrome.press("Tab")
    assert chrome.evaluate("document.activeElement.className") == "skip"
    chrome.evaluate("document.querySelector('thead button').focus({focusVisible: true})")
    assert chrome.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    chrome.press("Enter")
    assert chrome.evaluate("document.querySelector('thead th').ariaSort") == "ascending"


def test_a_word_finds_names_and_tells_how_many(chrome: Browser, pages: dict[str, Path]) -> None:
    chrome.open(pages["korean"])
    chrome.evaluate("document.querySelector('input').focus()")
    chrome.call("Input.insertText", text="산업")
    assert names(chrome) == ["창조산업과", "뷰티패션산업과", "첨단산업과", "산업입지과"]
    assert chrome.evaluate("document.querySelector('output').textContent") == "10개 중 4개 표시"
    chrome.evaluate("document.querySelector('input').select()")
    chrome.call("Input.insertText", text="")
    assert len(names(chrome)) == 10


def test_without_script_everything_is_there_and_nothing_pretends_to_work(
    chrome: Browser, pages: dict[str, Path]
) -> None:
    chrome.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chrome.open(pages["korean"])
        assert len(names(chrome)) == 10
        assert chrome.evaluate("document.querySelector('.tools').offsetHeight") == 0
        assert chrome.evaluate("document.querySelectorAll('thead button').length") == 0
    finally:
        chrome.call("Emulation.setScriptExecutionDisabled", value=False)


def test_names_are_read_as_they_are_and_do_nothing(chrome: Browser, pages: dict[str, Path]) -> None:
    chrome.open(pages["hostile"])
    assert names(chrome) == HOSTILE
    assert chrome.evaluate("document.querySelectorAll('script').length") == 1
    assert chrome.evaluate("document.querySelectorAll('a').length") == 1
    opened = [event for event in chrome.events if event["method"].endswith("DialogOpening")]
    assert opened == []


CONTRAST = """
(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const seen = (one) => {
    for (; one; one = one.parentElement) {
      const color = parts(getComputedStyle(one).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const light = (color) => color.slice(0, 3)
    .map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const low = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || one.closest("figure, script")) continue;
    const [ink, paper] = [light(parts(getComputedStyle(one).color)), light(seen(one))];
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) low.push(one.outerHTML.slice(0, 80) + " " + ratio);
  }
  return low;
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["korean", "hostile", "many"])
def test_every_word_stands_out_from_its_ground(
    chrome: Browser, pages: dict[str, Path], name: str, scheme: str
) -> None:
    chrome.prefer(prefers_color_scheme=scheme)
    chrome.open(pages[name])
    assert chrome.evaluate(CONTRAST) == []


def test_dark_is_dark_and_light_is_light(chrome: Browser, pages: dict[str, Path]) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        chrome.prefer(prefers_color_scheme=scheme)
        chrome.open(pages["korean"])
        grounds.append(chrome.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]


def test_still_pages_are_still(chrome: Browser, pages: dict[str, Path]) -> None:
    chrome.prefer(prefers_reduced_motion="reduce")
    chrome.open(pages["korean"])
    assert chrome.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_step_at_a_time_from_one_h1(
    chrome: Browser, pages: dict[str, Path], name: str
) -> None:
    chrome.open(pages[name])
    levels = chrome.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(head => +head.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(low - high <= 1 for high, low in pairwise(levels))


@pytest.mark.parametrize("width", [390, 1440])
def test_a_reader_of_screens_finds_tables_rows_and_heads(
    chrome: Browser, pages: dict[str, Path], width: int
) -> None:
    """As cards on a phone too, where browsers would forget that a table is one."""
    chrome.size(width)
    chrome.open(pages["answer"])
    chrome.call("Accessibility.enable")
    tree = chrome.call("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert roles.count("table") == 1
    assert roles.count("row") == 12
    assert roles.count("rowheader") == 11
    assert roles.count("columnheader") == chrome.evaluate(
        "document.querySelector('table').tHead.rows[0].cells.length"
    )


def printed(chrome: Browser, page: Path) -> list[Any]:
    chrome.open(page)
    with pdfplumber.open(io.BytesIO(chrome.pdf())) as paper:
        return [
            (sheet.width, sheet.height, sheet.extract_words(), sheet.extract_text())
            for sheet in paper.pages
        ]


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_nothing_is_beyond_the_margin_of_a4(
    chrome: Browser, pages: dict[str, Path], name: str
) -> None:
    margin = 30  # points; 12 mm are 34
    for width, height, words, _ in printed(chrome, pages[name]):
        assert sorted((round(width), round(height))) == [595, 842]
        assert max((word["x1"] for word in words), default=0) < width - margin


def test_on_paper_the_head_of_a_long_table_is_on_each_of_its_pages(
    chrome: Browser, pages: dict[str, Path]
) -> None:
    """A row that was cut between two pages would miss its rate or stand there twice."""
    sheets = [text for *_, text in printed(chrome, pages["many"])]
    lines = [line for text in sheets for line in text.splitlines()]
    rows = [line for line in lines if line.startswith("243과 243,000")]
    assert len(rows) == 1
    with_rows = [text for text in sheets if "on track" in text and "과 " in text]
    assert len(with_rows) >= 4
    assert all("± points" in text for text in with_rows)


def test_on_paper_places_are_unfolded_and_alerts_refer_to_the_table(
    chrome: Browser, pages: dict[str, Path]
) -> None:
    text = "".join(text for *_, text in printed(chrome, pages["many"]))
    assert "many.csv:244" in text
    assert "155 more, marked in the table below" in text
    assert chrome.evaluate("document.querySelectorAll('details[open]').length") == 0
