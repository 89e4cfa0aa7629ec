"""Entries of any kind, as Hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

from velveteen.journal.entries import Entry

words = st.text(max_size=20)
names = st.text(min_size=1, max_size=12)
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)
payloads = st.dictionaries(words, values, max_size=4)
moments = st.datetimes()
kinds = st.sampled_from(["day", "act", "promise"]) | names
entries = st.builds(
    Entry, id=st.uuids().map(str), kind=kinds, at=moments, written=moments, payload=payloads, about=words,
    facts=words, feelings=words, corrects=st.none() | names,
)  # fmt: skip
records = st.lists(entries, max_size=6, unique_by=lambda entry: entry.id)
