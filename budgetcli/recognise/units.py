"""What one printed 1 is worth: units named in captions, headers, cells and flags."""

from __future__ import annotations

import re
from itertools import takewhile
from math import prod

from budgetcli.model import Unit
from budgetcli.patterns import lazy
from budgetcli.recognise.names import fold, narrow

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
# 백만달러: a Korean scale of another currency
_ABROAD = {"달러": "USD", "불": "USD", "유로": "EUR", "엔": "JPY", "위안": "CNY"}
_KOREAN_SHORT = {"천": "천원", "백만": "백만원", "억": "억원", "조": "조원"}
_SCALES = {
    word: (name, factor)
    for name, factor, words in (
        ("thousand", 10**3, "thousand thousands"),
        ("lakh", 10**5, "lakh lakhs lac lacs"),
        ("million", 10**6, "million millions mn mio mln mill"),
        ("crore", 10**7, "crore crores"),
        ("billion", 10**9, "billion billions bn bln"),
        ("trillion", 10**12, "trillion trillions"),
        ("miles", 10**3, "miles"),
        ("millones", 10**6, "millones millón millon"),
        ("billones", 10**12, "billones"),
        ("mil", 10**3, "milhares"),
        ("milhões", 10**6, "milhões milhão milhoes"),
        ("bilhões", 10**9, "bilhões bilhão bilhoes"),
        ("tis.", 10**3, "tis tisíc tisíce tisících"),
        ("mil.", 10**6, "milion milión miliony milionů milionech"),
        ("mld.", 10**9, "mld miliarda miliardy miliard miliardách"),
    )
    for word in words.split()
}
_CURRENCIES = {
    word: currency
    for currency, words in (
        ("KRW", "won krw ₩"),
        ("USD", "usd us$"),
        ("INR", "inr ₹"),
        ("ZAR", "zar"),
        ("MXN", "mxn mx$"),
        ("ARS", "ars ar$"),
        ("EUR", "eur euro euros €"),
        ("GBP", "gbp £"),
        ("CZK", "kč czk korun koruny korunách"),
        ("BRL", "r$ brl reais"),
        ("PHP", "php ₱"),
        ("KES", "kes ksh kshs"),
        ("UGX", "ugx ush ushs"),
        ("TZS", "tzs tsh tshs"),
        ("NGN", "ngn naira ₦"),
        ("GHS", "ghs cedi cedis ₵ gh₵ gh¢"),
        ("RWF", "rwf frw"),
        ("PEN", "pen sol soles s/"),
        ("COP", "cop col$"),
        ("CLP", "clp cl$"),
        ("BOB", "bob bs boliviano bolivianos"),
        ("PYG", "pyg guaraní guaraníes guaranies ₲"),
        ("CRC", "crc colones ₡"),
        ("GTQ", "gtq quetzal quetzales"),
        ("HNL", "hnl lempira lempiras"),
        ("DOP", "dop rd$"),
        ("CAD", "cad c$"),
        ("AUD", "aud a$"),
        (None, "$ dollars dólares dolares pesos rs rupees nrs lcu"),
    )
    for word in words.split()
}
_IBERIAN = frozenset(("en", "em", "unidad", "unidade"))
_CZECH = frozenset(("v", "ve"))
_INTRODUCERS = frozenset(("in", "unit", "units", "단위")) | _IBERIAN | _CZECH
_OF = frozenset(("of", "de"))
# between a currency and its scale: $ in thousands, Rs. in lakh
_INSIDE = _OF | {"in", "en", "em"}
_KINDS = frozenset(
    ("us", "u.s", "philippine", "mexican", "korean", "current", "constant", "nuevos")
)
_FIRST = _KINDS | _CURRENCIES.keys()
_BESIDE_SCALES = _FIRST | _INSIDE
_GLUED = {
    "m": ("million", 10**6),
    "mm": ("million", 10**6),
    "k": ("thousand", 10**3),
    "b": ("billion", 10**9),
}
_BRAZILIAN = {"mi": ("milhões", 10**6), "bi": ("bilhões", 10**9)}
_INDIAN = {"cr": ("crore", 10**7), "crs": ("crore", 10**7)}
_RUPEES = frozenset(("rs", "rupees", "inr", "₹"))
_WHOLE = {"mdp": Unit("millones", 10**6, "MXN")}
# letters that are a currency before a scale only: P'000, R million
_LETTERS: dict[str, str | None] = {"P": None, "R": "ZAR", "N": "NGN"}
_TENS = {"10": 10, "100": 100, "ten": 10, "hundred": 100}
_DOUBTFUL = frozenset(("mil", "bil"))
# a thousand in Chile, a million elsewhere
_M_OF_DOLLARS = ["m", "$"]
_VOCABULARY = (
    _BESIDE_SCALES
    | _DOUBTFUL
    | _WHOLE.keys()
    | _TENS.keys()
    | _SCALES.keys()
    | _GLUED.keys()
    | _BRAZILIAN.keys()
    | _INDIAN.keys()
)
_NEVER_AFTER = _OF | {"per", "por", "/"}
_LONGEST_PHRASE = 6

_KOREAN_WORD = "|".join(" ?".join(name) for name in sorted(_KOREAN, key=len, reverse=True))
_COLON = "[:∶︰]"
_SCALES_ABROAD = "|".join(name[:-1] for name in _KOREAN if name != "원")
_KOREAN_ABROAD = lazy(rf"(?P<scale>{_SCALES_ABROAD}|(?=달러|유로))(?P<money>{'|'.join(_ABROAD)})")
_KOREAN_CAPTIONS = tuple(
    lazy(pattern)
    for pattern in (
        rf"(?:단 ?위|[Uu]nits?) ?{_COLON} ?(?:금액 ?{_COLON}? ?)?"
        r"(?:[^,:()\[\]]{1,12}[,/·] ?){0,3}"
        rf"(?P<name>(?:{_KOREAN_WORD})(?![가-힣])"
        rf"|(?:(?:{_SCALES_ABROAD}) ?)?(?:{'|'.join(_ABROAD)})(?![가-힣])"
        rf"|(?:{'|'.join(_KOREAN_SHORT)})(?= ?(?:[,)\]〕】>〉/;]|$)))",
        rf"단 ?위 ?(?P<name>{_KOREAN_WORD})(?![가-힣])",
        rf"[(\[〔【<〈] ?(?P<name>{_KOREAN_WORD}) ?(?:단위 ?)?[,)\]〕】>〉]",
    )
)
_TOKEN = lazy(
    r"(?i:us|mx|ar|rd|col|cl|c|a|r)\$|(?i:gh[¢₵]|s/)"
    r"|['’]?[0-9]+(?:[.,][0-9]+)*(?:['’]?s)?(?![0-9])"
    r"|[^\W\d_]+(?:\.[^\W\d_]+)*\.?|\S"
)
_WRITTEN_OUT = lazy(r"1((?:[.,]000)*)(?:[.,]00)?|['’]?(000(?:[.,]000)?)(?:['’]?s)?")
# thousands without a currency: '000, 000s
_ZEROS = lazy(r"['’]000(?:[.,]000)?(?:['’]?s)?|000(?:[.,]000)?['’]?s")
_CODE = lazy(r"[A-Z]{3}|[A-Z]?S[Hh]s?")
_THOUSAND = "000"
_SEGMENTS = lazy(r"\s*[,;|·–—]\s*|\s+-+\s+")
_PIECES = lazy(r"\s*[,;|()\[\]–—]\s*|\s+-+\s+")
HARDLY_ALONE = frozenset(("won", "mil", ""))


def unit_named(text: str) -> Unit | None:
    """The unit a word or two name: 백만원, 억, thousand, million won, tis. Kč; else None."""
    folded = fold(narrow(text))
    compact = folded.replace(" ", "")
    compact = _KOREAN_SHORT.get(compact, compact)
    if compact in _KOREAN:
        return Unit(compact, _KOREAN[compact], "KRW")
    if abroad := _KOREAN_ABROAD.fullmatch(compact):
        factor = _KOREAN[f"{abroad['scale']}원"]
        return Unit(compact, factor, _ABROAD[abroad["money"]])
    words = _TOKEN.findall(folded)
    introduced = len(words) > 1 and words[0].casefold() in _INTRODUCERS
    return _foreign(words[introduced:], words[0].casefold() if introduced else "")


def unit_given(text: str) -> Unit | None:
    """The unit of a flag: a name, or a factor that is a power of ten (1, 1000, 1000000)."""
    factor = text.strip()
    if re.fullmatch(r"10{0,18}", factor):
        return Unit(factor, int(factor))
    return unit_named(text)


def find_unit(line: str) -> Unit | None:
    """The unit a caption states: (단위 : 백만원, ...), in thousands of pesos; None where none."""
    folded = fold(narrow(line))
    for pattern in _KOREAN_CAPTIONS:
        if matched := pattern.search(folded):
            return unit_named(matched["name"])
    words = _TOKEN.findall(folded)
    starts = (index for index, word in enumerate(words) if _introduces(word))
    introduced = (_phrase(words, start) for start in starts)
    return next(filter(None, introduced), None) or _segment(folded)


def _segment(line: str) -> Unit | None:
    """The unit that stands alone between commas or dashes: Public spending 2024, £ million."""
    if line.isalpha():
        return None
    parts = _SEGMENTS.split(line)
    named = (unit_named(part) for part in parts if part.casefold() not in HARDLY_ALONE)
    return next(filter(None, named), None) if len(parts) > 1 else None


def doubtful_unit(line: str) -> str | None:
    """The part of a caption or header that is all words of a unit, and yet none: (mil USD)."""
    if line.isalpha():
        return None  # one word is never both a scale and a currency
    pieces = [piece for piece in _PIECES.split(fold(narrow(line))) if piece]
    tails = (piece[at:] for piece in pieces for at in _beginnings(piece))
    return next(filter(_is_doubtful, tails), None)


def _beginnings(text: str) -> list[int]:
    """Where its words begin."""
    return [0, *(place + 1 for place, sign in enumerate(text) if sign == " ")]


def _is_doubtful(text: str) -> bool:
    words = _TOKEN.findall(text)
    bare = [word.casefold().rstrip(".") for word in words]
    if bare == _M_OF_DOLLARS:
        return True
    scaled = any(word in _DOUBTFUL or word in _SCALES for word in bare)
    money = any(word in _CURRENCIES for word in bare)
    # 30.9 million KRW is an amount in a sentence: a unit's number is written out, 1,000 or '000
    amount = any(_is_number(word) and not _WRITTEN_OUT.fullmatch(word) for word in words)
    known = amount or unit_named(text) is not None
    return scaled and money and all(map(_may_belong, words)) and not known


def _introduces(word: str) -> bool:
    return word in "([" or word.casefold() in _INTRODUCERS


def _phrase(words: list[str], index: int) -> Unit | None:
    """The longest unit behind the introducing word at `index` that may end where it does."""
    introducer = words[index].casefold()
    start = index + 1 + (words[index + 1 : index + 2] == [":"])
    near = words[start : start + _LONGEST_PHRASE]
    belonging = takewhile(lambda word: _may_belong(word) or _may_be_code(word), near)
    for end in range(start + sum(1 for _ in belonging), start, -1):
        unit = _foreign(words[start:end], introducer)
        if unit and _may_end(words[start:end], "".join(words[end : end + 1]), introducer):
            return unit
    return None


def _may_belong(word: str) -> bool:
    return word.casefold().rstrip(".") in _VOCABULARY or _is_number(word)


def _may_be_code(word: str) -> bool:
    """Letters that may be a currency, if a scale follows."""
    return word in _LETTERS or _CODE.fullmatch(word) is not None


def _may_end(phrase: list[str], after: str, introducer: str) -> bool:
    """Whether what follows leaves the phrase a unit: "in millions of homes" is none.

    In brackets without in, en, em, v or unit the phrase must be all there is,
    and no amount: ($1,000). Before more words only a plural, a sign or a code
    is sure to be a unit.
    """
    counted = any(_is_number(word) and not _ZEROS.fullmatch(word) for word in phrase)
    counted = counted and not (phrase[-1] == _THOUSAND and len(phrase) > 1)
    if introducer in "([":
        return after.casefold() in (*")],;", "omitted") and not counted
    if after.casefold() in _NEVER_AFTER or (after and _may_belong(after)):
        return False
    last = phrase[-1]
    plural = last.endswith(("s", "000")) or last.isupper() or not last[-1].isalnum()
    plural = plural or last.casefold() in _GLUED
    return not after[:1].isalnum() or (plural and not counted)


def _foreign(words: list[str], introducer: str) -> Unit | None:
    """The unit that all of these words name together: one currency, one scale, or either."""
    bare = [word.casefold().rstrip(".") for word in words]
    if len(bare) == 1 and bare[0] in _WHOLE:
        return _WHOLE[bare[0]]
    money = [word for word in bare if word in _CURRENCIES]
    currency = _CURRENCIES[money[0]] if money else _LETTERS.get("".join(words[:1]))
    factors: list[tuple[str, int]] = []
    for index, word in enumerate(bare):
        if factor := _factor(words, bare, index, introducer):
            factors.append(factor)
        elif word not in (_BESIDE_SCALES if index else _FIRST) and not _is_code(words, index):
            return None
    dangling = not bare or bare[-1] in _INSIDE | _KINDS
    if dangling or len(money) > 1 or not (money or factors) or not _ascending(factors):
        return None
    name = factors[0][0] if len(factors) == 1 else ""
    return Unit(name or " ".join(words), prod(factor for _, factor in factors), currency)


def _is_code(words: list[str], index: int) -> bool:
    """P'000, LCU million: letters right before a scale."""
    after = "".join(words[index + 1 : index + 2])
    scales = after.casefold().rstrip(".") in _SCALES or after.strip("'’s") == _THOUSAND
    return scales and _may_be_code(words[index])


def _ascending(factors: list[tuple[str, int]]) -> bool:
    """One scale, or a small one times a larger one: miles de millones, 100 million."""
    return len(factors) < 2 or (len(factors) == 2 and factors[0][1] < factors[1][1])


def _factor(
    words: list[str], bare: list[str], index: int, introducer: str
) -> tuple[str, int] | None:
    """What one word multiplies by, with the name it gives the unit."""
    word, before = bare[index], bare[index - 1] if index else ""
    is_last = index == len(bare) - 1
    if word == "mil":
        return _mil(words[index], bare, introducer)
    if word in _TENS and not is_last and bare[index + 1] in _SCALES:
        return "", _TENS[word]
    if bare == _M_OF_DOLLARS:
        return None
    if word in _GLUED and (before in _CURRENCIES or _is_sign("".join(bare[1:]))):  # £m, M€
        return _GLUED[word]
    if word in _BRAZILIAN and before in _CURRENCIES and _CURRENCIES[before] == "BRL":
        return _BRAZILIAN[word]
    if word in _INDIAN and not _RUPEES.isdisjoint(bare):
        return _INDIAN[word]
    if is_last and (zeros := _WRITTEN_OUT.fullmatch(word)):
        return _zeros(zeros, is_money=before in _CURRENCIES or _may_be_code("".join(words[:index])))
    return _SCALES.get(word)


def _is_sign(word: str) -> bool:
    return word in _CURRENCIES and not word.isalnum()


def _zeros(written: re.Match[str], *, is_money: bool) -> tuple[str, int] | None:
    """R$ 1,00 · R$ 1.000 · $'000; thousands with an apostrophe or an s need no currency."""
    if not is_money and not _ZEROS.fullmatch(written[0]):
        return None
    zeros = "".join(filter(None, written.groups())).count("0")
    return {3: "thousand", 6: "million"}.get(zeros, "") if written[2] else "", 10**zeros


def _mil(word: str, bare: list[str], introducer: str) -> tuple[str, int] | None:
    """A thousand in Spanish and Portuguese, a million in Czech; with a dot short for million."""
    money = {_CURRENCIES[word] for word in bare if word in _CURRENCIES}
    if "CZK" in money or introducer in _CZECH:
        return "mil.", 10**6
    if introducer in _IBERIAN or money & {"BRL", "MXN", "ARS"} or "pesos" in bare:
        return "mil", 10**3
    if word.endswith("."):
        return "mil.", 10**6
    return ("mil", 10**3) if money <= {"EUR"} and bare[0] != "€" else None


def _is_number(word: str) -> bool:
    return any(character.isdecimal() for character in word)
