"""Settings that are not flags: what the environment says, before the defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping

SOURCE_VARIABLE = "BUDGETCLI_SOURCE"
LANGUAGE_VARIABLE = "BUDGETCLI_LANG"


def default_source(environ: Mapping[str, str] = os.environ) -> str | None:
    """The source to use where none is named; None means the built-in table."""
    return environ.get(SOURCE_VARIABLE) or None
