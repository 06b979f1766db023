"""Parquet: typed values as exact text, bounded before they are read."""

from __future__ import annotations

import builtins
import contextlib
import io
import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from budgetcli.errors import MissingExtraError, SourceError
from budgetcli.readers import ReadOptions, Source, family_of
from budgetcli.readers.parquet import read

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def packed(columns: dict[str, Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, **options)
    return stream.getvalue()


def cells(column: Any) -> list[str]:
    (table,) = read(Source("a.parquet", data=packed({"a": column})), ReadOptions())
    return [row[0] for row in table.rows[1:]]


def test_the_header_is_first_and_records_are_numbered_from_one() -> None:
    data = packed({"부서": ["A", "B"], "예산": [1, None]})
    assert family_of(Source("x", data=data)).name == "parquet"
    (table,) = read(Source("a.parquet", data=data), ReadOptions())
    assert table.rows == (("부서", "예산"), ("A", "1"), ("B", ""))
    assert table.lines == (0, 1, 2)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([2**63 - 1, None, -1], pa.int64()), ["9223372036854775807", "", "-1"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (
            pa.array([Decimal("12345678901234567890.10"), Decimal("0E-2")], pa.decimal128(38, 2)),
            ["12345678901234567890.10", "0.00"],
        ),
        (pa.array([Decimal(0)], pa.decimal256(60, 20)), ["0." + "0" * 20]),
        (pa.array([30.699999999999996, 685068.0, 1e22, 9.2e-11], pa.float64()), None),
        (pa.array([0.1, 30.7], pa.float32()), ["0.1", "30.7"]),
        (pa.array(["a", None], pa.large_string()), ["a", ""]),
        (pa.array(["과", "과", None]).dictionary_encode(), ["과", "과", ""]),
        (pa.array([date(2024, 7, 31)]), ["2024-07-31"]),
        (pa.array([datetime(2024, 7, 31, 9, 0)], pa.timestamp("s")), ["2024-07-31 09:00:00"]),
        (pa.array([datetime(2024, 7, 31)], pa.timestamp("ns")), ["2024-07-31"]),
        (pa.array([datetime(2024, 7, 31, tzinfo=UTC)]), None),
        (pa.array([True, False, None]), ["true", "false", ""]),
        (pa.array(["과".encode(), b"\xff\x00"], pa.binary()), ["과", "ff00"]),
        (pa.array([{"x": 1}, None]), ['{"x": 1}', ""]),
        (pa.array([[1, 2], []]), ["[1, 2]", "[]"]),
        (pa.nulls(2), ["", ""]),
    ],
)
def test_values_are_exact_text(column: Any, texts: list[str] | None) -> None:
    if texts is None:
        texts = (
            ["30.7", "685068", "1" + "0" * 22, "0.000000000092"]
            if pa.types.is_float64(column.type)
            else ["2024-07-31 00:00:00.000000Z"]
        )
    assert cells(column) == texts


def test_long_strings_that_repeat_are_kept_once() -> None:
    word = "x" * 1_000_000
    found = cells(pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), [word]))
    assert len(found) == 20_000
    assert found[-1] == word


@pytest.mark.parametrize(
    "data",
    [
        packed({"a": pa.nulls(1_000_001, pa.int8())}),
        packed({"a": pa.array([[0] * 1_000_000] * 6, pa.list_(pa.int8()))}, compression="zstd"),
        packed({str(number): [1] for number in range(16_385)}),
    ],
    ids=["rows", "values in lists", "columns"],
)
def test_too_large_a_table_is_sent_to_the_ledger(data: bytes) -> None:
    with pytest.raises(SourceError, match="too many") as caught:
        read(Source("a.parquet", data=data), ReadOptions())
    assert "ledger" in str(caught.value)


def test_damaged_files_are_refused() -> None:
    data = packed({"a": list(range(1000)), "b": [str(number) for number in range(1000)]})
    for broken in (
        data[:-9],
        data[: len(data) // 2],
        b"PAR1",
        data[:40] + b"\xff" * 40 + data[80:],
    ):
        with pytest.raises(SourceError, match="cannot be read"):
            read(Source("a.parquet", data=broken), ReadOptions())


def test_no_damage_ends_the_process() -> None:
    """The library's own look at a damaged footer aborted: the footer is read before it."""
    data = packed({"a": [1, None], "b": ["x", "y"], "c": [[1], [2, 3]], "d": [{"q": 1}, None]})
    chance = random.Random(1)
    for _ in range(1_000):
        broken = bytearray(data)
        for _ in range(4):
            broken[chance.randrange(4, len(data))] = chance.randrange(256)
        with contextlib.suppress(SourceError):
            read(Source("a.parquet", data=bytes(broken)), ReadOptions())


def test_an_encrypted_file_is_named_as_such() -> None:
    source = Source("a.parquet", data=b"PARE" + b"\0" * 100 + b"PARE")
    assert family_of(source).name == "parquet"
    with pytest.raises(SourceError, match="encrypted"):
        read(source, ReadOptions())


def test_without_pyarrow_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return really(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match="needs an extra"):
        read(Source("a.parquet", data=b"PAR1"), ReadOptions())
