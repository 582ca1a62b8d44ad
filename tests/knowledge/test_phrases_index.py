from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.reading import read_library
from knowledge.vietnamese import told

LANGUAGE = read_library().language
LISTS = (LANGUAGE.aspects, LANGUAGE.follow_ups, LANGUAGE.small_talk, LANGUAGE.life_events, LANGUAGE.absent)
PHRASES = sorted({phrase for lists in LISTS for words in lists for phrase in words.phrases})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4), st.sampled_from(["", "ạ", "không?", "nhà em"]))
def test_an_index_of_lists_finds_what_looking_through_each_of_them_finds(phrases: list[str], end: str) -> None:
    text = " ".join([*phrases, end])
    for lists in LISTS:
        assert told(lists, text) == told(iter(lists), text)


def test_names_of_provinces_come_the_longest_first(library: Library) -> None:
    lengths = [len(name) for name, _ in library.province_names()]
    assert lengths == sorted(lengths, reverse=True)
