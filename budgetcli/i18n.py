"""Every sentence a person reads, in Korean and English: chosen late, rendered once.

A `Sentence` keeps its English text and its values apart, so that whoever
found something out need not know who will read it. Field names of tables are
terms, not sentences: they live in `fields`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")
LOCALE_DIR = Path(__file__).parent / "locale"

_language: ContextVar[Language] = ContextVar("budgetcli_language", default="en")


def language() -> Language:
    """The language sentences are rendered in now."""
    return _language.get()


def use_language(chosen: Language) -> None:
    """Render every sentence from here on in `chosen`."""
    _language.set(chosen)


def locale_language(environ: Mapping[str, str] = os.environ) -> Language:
    """Korean where the locale says Korean, else English (POSIX order of variables)."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"


@cache
def catalogue(chosen: Language) -> gettext.NullTranslations:
    """The compiled sentences of one language; English is the source text itself."""
    if chosen == "en":
        return gettext.NullTranslations()
    return gettext.translation("budgetcli", LOCALE_DIR, languages=[chosen])


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English format text with its values; `str()` renders it in the language in use."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1

    def __str__(self) -> str:
        words = catalogue(language())
        if self.plural is None:
            text = words.gettext(self.text)
        else:
            text = words.ngettext(self.text, self.plural, self.count)
        return text.format(**self.values) if self.values else text


def say(text: str, /, **values: Any) -> Sentence:
    """A sentence to be rendered later; `text` is the key in the catalogue."""
    return Sentence(text, values)


def say_count(one: str, many: str, count: int, /, **values: Any) -> Sentence:
    """A sentence whose wording depends on `count`, available to it as {count}."""
    return Sentence(one, {"count": count, **values}, many, count)
