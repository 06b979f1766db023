"""The front door of the readers: what a format cannot do is said, whoever reads it."""

from __future__ import annotations

import pytest

from budgetcli.errors import SourceError
from budgetcli.readers import ReadOptions, Source, read

CSV = "부서,예산\n경제정책과,1\n일자리정책과,2\n"
HTML = "<table><tr><td>부서</td><td>예산</td></tr><tr><td>경제정책과</td><td>1</td></tr></table>"


@pytest.mark.parametrize("text", [CSV, HTML, '[{"부서": "경제정책과", "예산": 1}]'])
def test_a_sheet_of_a_format_without_sheets_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="no sheets, so there is no sheet 세출"):
        read(Source("a", data=text.encode()), ReadOptions(sheet="세출"))
