"""Names from a file are data: drawn as they are, shortened where long, never parsed or a box."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.font_manager import fontManager

from budgetcli.views.picture import fonts
from budgetcli.views.picture.ink import shortened, width, wrapped
from tests.views.conftest import Summary
from tests.views.picture.conftest import Draw, asked

HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x";"y")',
    "$x^2$ & _{1}",
    "אגף תקציבים",
    "دائرة المالية",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_drawn_as_it_is(draw: Draw, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    seen = draw(asked(f"{quoted},1000,900,900,2024-07-31,원\n"))
    assert name in seen.texts


@pytest.mark.parametrize("kind", ["bars", "pace", "unspent"])
def test_a_name_of_four_hundred_letters_leaves_room_for_the_figures(draw: Draw, kind: str) -> None:
    seen = draw(asked("가나다라" * 100 + ",1000,900,250,2024-07-31,원\n"), kind)
    assert any("…" in text for text in seen.texts)
    assert any("25.0 %" in text for text in seen.texts)
    assert float(str(seen.root.get("viewBox")).split()[2]) < 700


def test_no_number_is_ever_shortened(draw: Draw) -> None:
    seen = draw(asked(f"가,{9 * 10**30},0,1,2024-07-31,원\n"), "unspent")
    assert f"{9 * 10**30 - 1:,}" in seen.texts


def test_a_name_that_reads_leftwards_turns_nothing_but_itself(draw: Draw) -> None:
    seen = draw(asked("אגף,1000,900,250,2024-07-31,원\n"))
    assert seen.title == "\u200e\u2068אגף\u2069 25.0 %, 33.2 points behind"


def test_control_characters_and_emoji_are_spelled_out(draw: Draw) -> None:
    seen = draw(asked("a\x1b[31m,1000,900,900,2024-07-31,원\n\U0001f3e2과,1,1,1,2024-07-31,원\n"))
    assert {r"a\x1b[31m", r"\U0001f3e2과"} <= {*seen.texts}


def test_letters_that_no_font_has_are_an_error_and_not_boxes() -> None:
    with pytest.raises(fonts.UnwritableError) as caught:
        fonts.families("\u0378", "normal")  # no letter yet, so in no font
    assert "fonts-noto" in str(caught.value)


def test_decomposed_hangul_is_drawn_composed(draw: Draw) -> None:
    import unicodedata

    report = asked("가나,1000,900,900,2024-07-31,원\n")
    split = unicodedata.normalize("NFD", "가나.csv")
    seen = draw(report._replace(context=report.context._replace(source=split)))
    assert any("가나.csv" in text for text in seen.texts)


def test_short_text_is_left_alone_and_long_text_fits() -> None:
    assert shortened("가나", 100, 9) == "가나"
    cut = shortened("가나다라마바사", 40, 9)
    assert cut.endswith("…")
    assert width(cut, 9) <= 40


def test_lines_break_between_words_and_within_one_that_is_too_long() -> None:
    assert wrapped("aa bb", width("aa", 9) + 1, 9) == ["aa", "bb"]
    assert "".join(wrapped("가" * 50, 100, 9)) == "가" * 50
    assert wrapped("", 100, 9) == []


# What a machine without any font but matplotlib's own would see.
_WITHOUT = """
import json, sys
from pathlib import Path
import matplotlib, matplotlib.font_manager as fm
own = matplotlib.get_data_path()
fm.fontManager.ttflist = [f for f in fm.fontManager.ttflist if f.fname.startswith(own)]
version = fm.FontManager.__version__
fm.json_dump(fm.fontManager, str(Path(matplotlib.get_cachedir(), f"fontlist-v{version}.json")))
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine on which matplotlib finds no fonts but its own."""
    cache = tmp_path_factory.mktemp("cache")
    bare = {**os.environ, "MPLCONFIGDIR": str(cache)}
    subprocess.run([sys.executable, "-c", _WITHOUT], env=bare, check=True)
    assert [json.loads(path.read_text()) for path in Path(cache).glob("fontlist*.json")]
    return bare


def chart(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "budgetcli", "chart", "-q", *words]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=False)


def test_without_hangul_a_font_is_named_and_nothing_written(
    bare: dict[str, str], tmp_path: Path
) -> None:
    ran = chart(bare, "-o", str(tmp_path / "a.png"), "--lang", "en")
    assert ran.returncode == 2
    assert "no installed font has the letters" in ran.stderr
    assert "apt install fonts-noto-cjk" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert [*tmp_path.iterdir()] == []


def test_without_hangul_what_needs_none_is_drawn(bare: dict[str, str], tmp_path: Path) -> None:
    source = tmp_path / "plain.csv"
    source.write_text("Division,Budget,Spent,as_of\nOffice,100,20,2024-07-31\n")
    ran = chart(bare, str(source), "--lang", "en", "-o", str(tmp_path / "a.svg"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Office 20.0 %, 38.2 points behind" in (tmp_path / "a.svg").read_text()


def test_a_home_that_cannot_be_written_is_no_news(tmp_path: Path) -> None:
    lacking = {"MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}
    environment = {name: value for name, value in os.environ.items() if name not in lacking}
    ran = chart({**environment, "HOME": "/dev/null"}, "-o", str(tmp_path / "a.png"))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_settings_of_the_user_change_nothing(
    summary: Summary,
) -> None:
    from matplotlib import rc_context

    from budgetcli.views import Page
    from budgetcli.views.picture import svg

    plain = svg(summary(), Page())
    with rc_context({"text.color": "red", "lines.linewidth": 9, "svg.fonttype": "none"}):
        assert svg(summary(), Page()) == plain


def test_with_an_empty_list_of_fonts_the_letters_are_named(
    summary: Summary, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fontManager, "ttflist", [])
    fonts.families.cache_clear()
    try:
        with pytest.raises(fonts.UnwritableError):
            draw(summary())
    finally:
        fonts.families.cache_clear()


def test_a_font_that_claims_every_letter_is_not_believed() -> None:
    assert not any("Last Resort" in name for name in fonts.families("가A", "normal"))
