"""What a source's first bytes say it is. Pure questions; nothing is read beyond the directory.

A name's ending is never asked: a page called .xls is a page.
"""

from __future__ import annotations

from functools import cached_property

from budgetcli.patterns import lazy
from budgetcli.readers.dialect import delimiter
from budgetcli.readers.encoding import decode_head, looks_like_text
from budgetcli.readers.source import Source
from budgetcli.readers.zip_names import check_directory, names_at_start

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP_MAGIC = b"HWP Document File"
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# one column needs both its bars, several only those between them
_RULE_LINE = lazy(
    r"(?m)^[ \t]*(?:\|[ \t]*:?-+:?[ \t]*\|"
    r"|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?)[ \t]*$"
)

_MARKUP = lazy(r"(?i)<(!doctype html|html|table|(\w+:)?workbook)\b")
_WEB_ARCHIVE = lazy(
    r"(?i)\A(?=(?:mime-version|from|subject|date|content-[\w-]+|snapshot-[\w-]+):)"
    r"[\s\S]{0,8000}?\bcontent-type:\s*(?:multipart/related|text/html)\b"
)
_JSON = lazy(
    r"""(?x) \{ \s* ["}]
    | \[ [\s\[]*+ (?: ["{\]] | -?\d[\d.eE+-]*\s*, | (?:true|false|null|NaN)\b | \Z )"""
)


class Head:
    """A source seen from outside: its first bytes, their text, the names inside a container.

    `encoding` is the user's word for the text's encoding, where there is one.
    """

    def __init__(self, source: Source, encoding: str | None = None) -> None:
        self.source = source
        self.encoding = encoding

    @property
    def data(self) -> bytes:
        """The first 64 KiB."""
        return self.source.head

    @cached_property
    def text(self) -> str | None:
        """The head as text without leading white space, or None where it is binary."""
        text = decode_head(self.data, self.encoding)
        return None if text is None else text.lstrip("\ufeff \t\r\n")

    @cached_property
    def syntax(self) -> str:
        """The text, or each byte as a letter where no encoding fits: enough for ASCII marks."""
        if self.text is not None or b"\0" in self.data:
            return self.text or ""
        return self.data.decode("latin-1").lstrip()

    @cached_property
    def names(self) -> frozenset[str]:
        """The members of a zip archive, of a damaged one as far as seen; empty where it is none."""
        if not self.data.startswith(ZIP_MAGIC):
            return frozenset()
        import zipfile

        try:
            with self.source.open() as stream:
                check_directory(stream)
                with zipfile.ZipFile(stream) as archive:
                    return frozenset(archive.namelist())
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
            return frozenset(names_at_start(self.data))

    @cached_property
    def streams(self) -> frozenset[str]:
        """The top-level names of an OLE compound file; empty where it is none."""
        if not self.data.startswith(OLE_MAGIC):
            return frozenset()
        import olefile

        try:
            with self.source.open() as stream, olefile.OleFileIO(stream) as compound:
                return frozenset(path[0] for path in compound.listdir())
        except (OSError, ValueError, IndexError):
            return frozenset()


def is_pdf(head: Head) -> bool:
    """%PDF- within the first kilobyte, as readers accept it."""
    return b"%PDF-" in head.data[:1024]


def is_hwp(head: Head) -> bool:
    """HWP 5 (a compound file with a FileHeader) or HWP 3 (its own signature).

    A damaged compound file tells no names: then the header's own first words do.
    """
    if head.data.startswith(OLE_MAGIC):
        return "FileHeader" in head.streams if head.streams else HWP_MAGIC in head.data
    return head.data.startswith(HWP_MAGIC + b" V")


def is_compound(head: Head) -> bool:
    """Any other compound file: xls, a protected xlsx, or an Office file that holds no table."""
    return head.data.startswith(OLE_MAGIC)


def is_spreadsheet(head: Head) -> bool:
    """Excel's and OpenDocument's packages."""
    return "content.xml" in head.names or any(name.startswith("xl/") for name in head.names)


def is_hwpx(head: Head) -> bool:
    """A package with Hancom's contents."""
    return any(name.startswith("Contents/") for name in head.names)


def is_archive(head: Head) -> bool:
    """zip, gzip or zstd around something else, or around nothing."""
    return head.data.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC, GZIP_MAGIC, ZSTD_MAGIC))


def is_parquet(head: Head) -> bool:
    """Parquet's magic number, plain or encrypted."""
    return head.data.startswith((b"PAR1", b"PARE"))


def is_html(head: Head) -> bool:
    """Markup with a table, a document type, a root element; a web archive; Excel's XML."""
    if head.syntax.startswith("<"):
        return _MARKUP.search(head.syntax) is not None
    return head.syntax[:1].isascii() and _WEB_ARCHIVE.search(head.syntax) is not None


def is_json(head: Head) -> bool:
    """An object or an array of objects, values or arrays; JSON Lines starts the same way.

    A number in brackets counts only with a comma after it: "[1] 예산" is text.
    """
    return head.syntax.startswith(("{", "[")) and _JSON.match(head.syntax) is not None


def is_markdown(head: Head) -> bool:
    """A pipe table with its rule line (|---|---|) under the header."""
    text = head.text or ""
    return "|" in text and _RULE_LINE.search(text) is not None


def is_delimited(head: Head) -> bool:
    """Text whose lines mostly part into the same number of cells."""
    return head.text is not None and delimiter(head.text) is not None


def is_text(head: Head) -> bool:
    """Any text that is nothing else, in an encoding known or not: its reader says which to name."""
    return head.text is not None or looks_like_text(head.data)
