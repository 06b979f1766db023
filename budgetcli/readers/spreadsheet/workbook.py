"""xlsx, xlsm and xlsb: which parts of the package are the workbook's sheets, in its order.

What is in a sheet's part is for `xlsx` and `xlsb` to say.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from budgetcli.readers.spreadsheet.facts import SheetFacts
from budgetcli.readers.spreadsheet.package import MAX_MEMBER, Package
from budgetcli.readers.spreadsheet.strings import Strings, shared_strings
from budgetcli.readers.spreadsheet.xlsb import xlsb_sheet, xlsb_sheet_ids
from budgetcli.readers.spreadsheet.xlsx import xlsx_sheet
from budgetcli.readers.spreadsheet.xml import elements, local


def workbook_sheets(package: Package, name: str) -> list[SheetFacts]:
    """The facts of every sheet. Raises SourceError for one that is too large."""
    workbook = _workbook(package)
    targets = {
        relation["Id"]: relation["Target"]
        for relation in _relations(package, workbook)
        if "Id" in relation
    }
    strings = shared_strings(package, name)
    data = package.read(workbook)
    ids = xlsb_sheet_ids(data) if workbook.endswith(".bin") else _sheet_ids(data)
    return [_sheet(package, targets.get(identity, ""), strings, name) for identity in ids]


def _workbook(package: Package) -> str:
    """The part that lists the sheets."""
    if "xl/workbook.bin" in package.names:
        return "xl/workbook.bin"
    found = "xl/workbook.xml"
    for relation in _relations(package, ""):
        if relation.get("Type", "").endswith("/officeDocument"):
            found = relation["Target"].lstrip("/")
    return found


def _relations(package: Package, part: str) -> list[Mapping[str, str]]:
    """The Id, Type and Target of every relationship of a part; none where it has no such file."""
    folder, base = posixpath.split(part)
    member = posixpath.join(folder, "_rels", base + ".rels")
    if member not in package.names:
        return []
    found = elements(package.read(member))
    return [element.attrib for element in found if "Target" in element.attrib]


def _sheet_ids(workbook: bytes) -> list[str]:
    """The relationship ids of the sheets, in the workbook's order."""
    return [
        next((value for key, value in element.attrib.items() if local(key) == "id"), "")
        for element in elements(workbook)
        if local(element.tag) == "sheet"
    ]


def _sheet(package: Package, target: str, strings: Strings, name: str) -> SheetFacts:
    """The facts of the sheet a relationship points to, in any part that could be meant."""
    wanted = target.lstrip("./").lower()
    facts = SheetFacts()
    for member in package.names:
        if wanted and member.lower().endswith(wanted):
            data = package.read(member, MAX_MEMBER)
            if member.lower().endswith(".bin"):
                facts = xlsb_sheet(data, strings.lengths, name)
            else:
                facts = xlsx_sheet(data, strings, name)
    return facts
