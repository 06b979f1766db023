"""Ledgers in a bucket, read from a store on the loopback address that speaks as Amazon's does."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from budgetcli.errors import SourceError
from budgetcli.loading import load

boto3 = pytest.importorskip("boto3", reason="no store of buckets is installed")
pytest.importorskip("moto.server", reason="no store of buckets is installed")
httpfs = pytest.importorskip("duckdb_extension_httpfs", reason="DuckDB's httpfs is not installed")

_SECRET = "hidden-words"
_BUILT = next(Path(httpfs.__file__).parent.glob("extensions/*/*.duckdb_extension"))
pytestmark = pytest.mark.skipif(
    _BUILT.parent.name != f"v{duckdb.__version__}", reason="httpfs is of another DuckDB"
)


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of an empty store: a process of its own, for DuckDB asks and lets none speak."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as asked:
            if not asked.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    pytest.fail("the store does not answer")


@pytest.fixture
def bucket(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of a ledger in a bucket, and DuckDB with its extension, as a user has them."""
    for name, value in {
        "HOME": str(tmp_path),  # where extensions are installed
        "AWS_ACCESS_KEY_ID": "budget",
        "AWS_SECRET_ACCESS_KEY": _SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": store,
    }.items():
        monkeypatch.setenv(name, value)
    duckdb.connect().execute(f"INSTALL '{_BUILT}'")
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket="ledgers")
    for name, spent in (("a", 60), ("b", 25)):
        file = tmp_path / f"{name}.parquet"
        duckdb.sql(f"SELECT '예산과' AS 부서, 100 AS 예산현액, {spent} AS 지출액").write_parquet(
            str(file)
        )
        client.upload_file(str(file), "ledgers", f"2024/{file.name}")


@pytest.mark.usefixtures("bucket")
def test_a_file_in_a_bucket_is_added_up() -> None:
    (row,) = load("s3://ledgers/2024/a.parquet").rows
    assert (row.amount("budget"), row.amount("spent")) == (100, 60)


@pytest.mark.usefixtures("bucket")
def test_a_pattern_in_a_bucket_takes_every_file() -> None:
    (row,) = load("s3://ledgers/2024/*.parquet").rows
    assert (row.amount("budget"), row.amount("spent")) == (200, 85)


@pytest.mark.usefixtures("bucket")
def test_a_file_that_is_not_in_the_bucket_is_an_error_without_keys() -> None:
    with pytest.raises(SourceError) as found:
        load("s3://ledgers/2024/none.parquet")
    assert "none.parquet" in str(found.value)
    assert _SECRET not in str(found.value)
