"""All claims of a document: its statements, its tables, and what both of them print.

Reading the document and judging whole reports is left to others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from budgetcli.claims.budgets import budgets_in
from budgetcli.claims.cells import cells_of
from budgetcli.claims.changes import changes_in
from budgetcli.claims.claim import Claim
from budgetcli.claims.counts import counts_in
from budgetcli.claims.elsewhere import elsewhere_in
from budgetcli.claims.products import products_in
from budgetcli.claims.repeats import repeats_in
from budgetcli.claims.rows import rows_in
from budgetcli.claims.shares import shares_in
from budgetcli.claims.statements import statements_of
from budgetcli.claims.sums import sums_in
from budgetcli.claims.tables import table_claims
from budgetcli.model import Line, Place, RawTable


def claims_in(
    lines: Sequence[Line], tables: Sequence[RawTable], besides: Collection[Place] = ()
) -> list[Claim]:
    """Every claim of a text and the tables in it, in reading order; none of tables `besides`."""
    found = _claims(lines, tables, besides)
    return sorted(found, key=lambda claim: (claim.place.page or 0, claim.place.row or 0))


def _claims(
    lines: Sequence[Line], tables: Sequence[RawTable], besides: Collection[Place]
) -> Iterator[Claim]:
    statements = statements_of(lines)
    yield from sums_in(statements)
    yield from shares_in(statements)
    yield from changes_in(statements)
    yield from counts_in(statements)
    yield from products_in(statements)
    yield from budgets_in(statements)
    yield from elsewhere_in(statements)
    cells = [cells_of(raw) for raw in tables]
    yield from rows_in(statements, cells)
    yield from repeats_in(statements, cells)
    for raw in tables:
        if raw.place() not in besides:
            yield from table_claims(raw)
