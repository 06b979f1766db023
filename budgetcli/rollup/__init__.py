"""Ledgers too large to hold, rolled up by an engine into the tables the small reader would make.

Imports nothing by itself: an engine is dear to start, and most tables need none. What is asked of
the tables is `analysis`' business.
"""
