"""Every sentence a person reads, in Korean and English: chosen late, rendered once.

A `Sentence` keeps its English text and its values apart, so that whoever
found something out need not know who will read it. Field names of tables are
terms, not sentences: they live in `fields`.
"""

import gettext
import os
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")
# os.path, not pathlib: this is on the way to --help, and pathlib would be a tenth of it
LOCALE_DIR = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - see above

_NO_VALUES: Mapping[str, Any] = MappingProxyType({})

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
            return "ko" if _language_of(value) in ("ko", "kor", "korean") else "en"
    return "en"


def _language_of(locale: str) -> str:
    """ko of ko_KR.UTF-8: the letters before anything else."""
    lowered = locale.lower()
    end = next((n for n, one in enumerate(lowered) if not "a" <= one <= "z"), len(lowered))
    return lowered[:end]


@cache
def catalogue(chosen: Language) -> gettext.NullTranslations:
    """The compiled sentences of one language; what it lacks is read in English, the source text."""
    if chosen == "en":
        return gettext.NullTranslations()
    return gettext.translation("budgetcli", LOCALE_DIR, languages=[chosen], fallback=True)


class Sentence(NamedTuple):
    """An English format text with its values; `str()` renders it in the language in use.

    `plural` is the text for every `number` but one.
    """

    text: str
    values: Mapping[str, Any] = _NO_VALUES
    plural: str | None = None
    number: int = 1

    def __str__(self) -> str:
        words = catalogue(language())
        if self.plural is None:
            text = words.gettext(self.text)
        else:
            text = words.ngettext(self.text, self.plural, self.number)
        return text.format(**self.values) if self.values else text


def say(text: str, /, **values: Any) -> Sentence:
    """A sentence to be rendered later; `text` is the key in the catalogue."""
    return Sentence(text, values)


def say_count(one: str, many: str, count: int, /, **values: Any) -> Sentence:
    """A sentence whose wording depends on `count`, available to it as {count}."""
    return Sentence(one, {"count": count, **values}, many, count)
