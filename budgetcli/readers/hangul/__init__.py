"""Hangul documents: `hwpx` and `hwp` open one each, `sections` walks what both come down to."""
