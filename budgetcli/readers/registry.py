"""Which family of formats a source belongs to, told from its first bytes, never from its name.

One line a reader. A reader's module is imported only when its family was
recognised, so reading a CSV imports no PDF library. The order is the order
of certainty: magic numbers first, plain text last.
"""

from collections.abc import Callable
from typing import NamedTuple

from budgetcli.readers import sniff


class Family(NamedTuple):
    """A family of formats: its name, the module that reads it, and how to know it by its head.

    `has_text`: its documents have running text too, which `read_document` of the module reads.
    """

    name: str
    module: str
    claims: Callable[[sniff.Head], bool]
    has_text: bool = False


FAMILIES: tuple[Family, ...] = (
    Family("pdf", "budgetcli.readers.pdf", sniff.is_pdf, has_text=True),
    Family("hwp", "budgetcli.readers.hangul.hwp", sniff.is_hwp, has_text=True),
    Family("xls", "budgetcli.readers.spreadsheet.xls", sniff.is_compound),
    Family("spreadsheet", "budgetcli.readers.spreadsheet", sniff.is_spreadsheet),
    Family("hwpx", "budgetcli.readers.hangul.hwpx", sniff.is_hwpx, has_text=True),
    Family("archive", "budgetcli.readers.archive", sniff.is_archive),
    Family("parquet", "budgetcli.readers.parquet", sniff.is_parquet),
    Family("html", "budgetcli.readers.html", sniff.is_html, has_text=True),
    Family("json", "budgetcli.readers.json", sniff.is_json),
    Family("markdown", "budgetcli.readers.markdown", sniff.is_markdown, has_text=True),
    Family("delimited", "budgetcli.readers.delimited", sniff.is_delimited),
    Family("text", "budgetcli.readers.text", sniff.is_text, has_text=True),
)
