"""Text in one byte a letter, which fits several encodings: told by the letters of its language.

A letter that no word of the language has proves a reading wrong; where two are left, or none,
nothing is decided.
"""

from __future__ import annotations

from budgetcli.patterns import lazy

READINGS = ("cp1252", "cp1250")
# the letters beyond ASCII of the languages each is used for
_ALPHABETS = {
    "cp1252": (
        "áéíóúüñªº",  # Spanish
        "áàâãçéêíóôõúüªº",  # Portuguese
        "àâæçéèêëîïôœùûü",  # French
        "äöüß",  # German
        "àèéìòù",  # Italian
    ),
    "cp1250": (
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "ąćęłńóśźż",  # Polish
        "áéíóöőúüű",  # Hungarian
    ),
}
_SIGNS = frozenset("£€¥§°²³¿¡–—‘’“”„…·•«»±½¼¾×­™®©\xa0")
_WORD = lazy(r"\w*[^\W\x00-\x7f]\w*")
# a sign within a word, a letter before digits: £000 is no Ł000, Budżet no Bud¿et
_NO_WORD = lazy(r"[^\W\d_][¿¡£¥§°²³±½¼¾×][^\W\d_]|[^\W\x00-\x7f\dªº]\d")
_SHOWN = 3


def reading_of(data: bytes) -> str | None:
    """The one encoding under which all letters are of one language; None where that is not sure."""
    fitting = [name for name in READINGS if _fits(data, name)]
    texts = {data.decode(name) for name in fitting}
    return fitting[0] if len(texts) == 1 else None


def shown_as(data: bytes, name: str) -> str:
    """The first words that tell the readings apart, as one of them has them."""
    words = dict.fromkeys(_WORD.findall(data.decode(name, "replace")))
    return ", ".join(list(words)[:_SHOWN])


def _fits(data: bytes, name: str) -> bool:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return False
    others = {sign for sign in text if not sign.isascii()}
    letters = {letter.lower() for letter in others - _SIGNS}
    of_one = any(letters <= set(alphabet) for alphabet in _ALPHABETS[name])
    return of_one and not _NO_WORD.search(text)
