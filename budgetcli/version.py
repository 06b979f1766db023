"""The version, as the installed package knows it."""

from __future__ import annotations


def version() -> str:
    """The installed version; `0+unknown` when run from a folder that was never installed."""
    from importlib import metadata

    try:
        return metadata.version("budgetcli")
    except metadata.PackageNotFoundError:
        return "0+unknown"
