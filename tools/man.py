"""Writes the manual pages of man/, in English and Korean: `python tools/man.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from budgetcli.cli.manual import pages
from budgetcli.cli.root import speak
from budgetcli.i18n import Language

ROOT = Path(__file__).parent.parent / "man"
FOLDERS: dict[Language, Path] = {"en": ROOT / "man1", "ko": ROOT / "ko" / "man1"}


def main() -> int:
    """One file a command and language; what is no command any more goes."""
    for language, folder in FOLDERS.items():
        speak(language)
        made = pages()
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.1"):
            if path.name not in made:
                path.unlink()
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
