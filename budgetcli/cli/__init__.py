"""The two ends: arguments to a question, a report to bytes. Everything between is elsewhere."""

from budgetcli.cli.root import main

__all__ = ["main"]
