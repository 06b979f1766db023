"""What one printed 1 is worth: units named in captions, headers, cells and flags."""

from __future__ import annotations

import re
import unicodedata

from budgetcli.model import Unit
from budgetcli.recognise.names import fold

_KOREAN = {
    "원": 1,
    "천원": 10**3,
    "만원": 10**4,
    "십만원": 10**5,
    "백만원": 10**6,
    "천만원": 10**7,
    "억원": 10**8,
    "십억원": 10**9,
    "백억원": 10**10,
    "천억원": 10**11,
    "조원": 10**12,
}
_KOREAN_SHORT = {"천": "천원", "백만": "백만원", "억": "억원", "조": "조원"}
_SCALES = {
    "thousand": ("thousand", 10**3),
    "thousands": ("thousand", 10**3),
    "million": ("million", 10**6),
    "millions": ("million", 10**6),
    "billion": ("billion", 10**9),
    "billions": ("billion", 10**9),
    "miles": ("miles", 10**3),
    "millones": ("millones", 10**6),
    "mil": ("mil", 10**3),
    "milhões": ("milhões", 10**6),
    "tis.": ("tis.", 10**3),
    "tis": ("tis.", 10**3),
    "mil.": ("mil.", 10**6),
    "mld.": ("mld.", 10**9),
}
_CURRENCIES = {
    "won": "KRW",
    "krw": "KRW",
    "₩": "KRW",
    "usd": "USD",
    "us$": "USD",
    "$": None,
    "dollars": None,
    "pesos": None,
    "mxn": "MXN",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "gbp": "GBP",
    "£": "GBP",
    "kč": "CZK",
    "czk": "CZK",
    "r$": "BRL",
    "brl": "BRL",
    "reais": "BRL",
    "php": "PHP",
    "₱": "PHP",
}
_FILLERS = frozenset(("of", "in", "de", "v", "em", "en"))
_KOREAN_WORD = "|".join(sorted(_KOREAN, key=len, reverse=True))
_KOREAN_CAPTION = re.compile(rf"단\s*위\s*[:：]?\s*(?:금액\s*[:：]?\s*)?(?P<name>{_KOREAN_WORD})")
_BRACKETED = re.compile(rf"[(\[〔【<]\s*(?P<name>{_KOREAN_WORD})\s*[,)\]〕】>]")
_FOREIGN_CAPTION = re.compile(
    r"(?i)(?:\bunits?\b\s*[:：]?|\bin\b|\ben\b|\bem\b|\bv\b|\bunidad\b\s*:|\bunidade\b\s*:|단위\s*[:：])"
    r"\s+(?P<words>(?:[a-zěščřžýáíéčõçãúů$€£₩₱.]+\s*){1,4})"
)


def unit_named(text: str) -> Unit | None:
    """The unit a word or two name: 백만원, 억, thousand, million won, tis. Kč; else None."""
    folded = unicodedata.normalize("NFKC", fold(text))
    compact = folded.replace(" ", "")
    compact = _KOREAN_SHORT.get(compact, compact)
    if compact in _KOREAN:
        return Unit(compact, _KOREAN[compact], "KRW")
    return _foreign(folded)


def unit_given(text: str) -> Unit | None:
    """The unit of a flag: a name, or a factor that is a power of ten (1, 1000, 1000000)."""
    if re.fullmatch(r"10*", text.strip()):
        return Unit(text.strip(), int(text))
    return unit_named(text)


def find_unit(line: str) -> Unit | None:
    """The unit a caption states: (단위 : 백만원, ...), in thousands of pesos; None where none."""
    folded = unicodedata.normalize("NFKC", fold(line))
    for pattern in (_KOREAN_CAPTION, _BRACKETED):
        if matched := pattern.search(re.sub(r"(?<=[가-힣])\s+(?=[가-힣])", "", folded)):
            name = matched["name"]
            return Unit(name, _KOREAN[name], "KRW")
    for matched in _FOREIGN_CAPTION.finditer(folded):
        words = matched["words"].split()
        for length in range(len(words), 0, -1):
            if unit := _foreign(" ".join(words[:length])):
                return unit
    return None


def _foreign(text: str) -> Unit | None:
    scale: tuple[str, int] | None = None
    currency: str | None = None
    has_currency = False
    for word in text.casefold().split():
        if word in _SCALES and scale is None:
            scale = _SCALES[word]
        elif word.strip(".,") in _CURRENCIES and not has_currency:
            currency, has_currency = _CURRENCIES[word.strip(".,")], True
        elif word not in _FILLERS:
            return None
    if scale:
        return Unit(scale[0], scale[1], currency)
    return Unit(text, 1, currency) if has_currency else None
