"""Readers and recognition, fed with damaged seeds: a refusal in words or an answer, never a crash.

The same targets are fuzzed with coverage as the guide: docs/reliability.md.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.targets import TARGETS, feed, kept

NOISE = st.binary(max_size=6)
PIECES = st.sampled_from(
    [
        *b"\0\xff\n\r,;|\t\"'<>&[]{}():=-+.0",
        *(b"\xed\xa0\x80", b"<td colspan=9>", b"1e999", b"%%EOF"),
    ]
).map(lambda piece: piece if isinstance(piece, bytes) else bytes([piece]))


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with some places overwritten, cut out, doubled, or followed by something else."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 40)))
        middle = draw(st.one_of(NOISE, PIECES, st.just(data[start:stop] * 2)))
        data = data[:start] + middle + data[stop:]
    return data


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
def test_a_damaged_seed_is_answered_or_refused_in_words(name: str, data: st.DataObject) -> None:
    feed(TARGETS[name], data.draw(damaged(TARGETS[name].seeds)))


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_and_all_that_is_kept_is_read(name: str) -> None:
    for seed in (*TARGETS[name].seeds, *kept(name)):
        feed(TARGETS[name], seed)
