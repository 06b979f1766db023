"""Figures that a report's text lets one recompute: sums, shares, changes; each a claim.

Text in, claims out, each with its verdict. Files, tables of divisions and formats are others'.
"""
