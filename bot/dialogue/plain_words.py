"""What a record says in the law's words, and the words that people have for it: "hình" for "ảnh", "ngân hàng giữ" for
"thế chấp". A sentence is found by either."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from knowledge.vietnamese import fold, normalise

_WORD = re.compile(r"\w+")
# Where the first stands in a sentence, the words after it find it, too.
_ALSO = {
    "ảnh": "hình",
    "nền trắng": "màu",
    "bản chính": "gốc",
    "bản gốc": "chính",
    "nộp thuế": "đóng",
    "chịu thuế": "đóng",
    "nộp thay": "đóng",
    "thế chấp": "ngân hàng cầm giữ vay",
    "số định danh": "căn cước",
    "tài khoản định danh": "vneid",
    "vân tay": "dấu lăn",
    "ký trước": "sẵn",
    "đến": "tới",
    "23 giờ": "đêm khuya tối",
    "thu lại": "trả giữ cũ",
    "vắng": "đi",
    "không có địa điểm cố định": "bán vỉa hè rong",
    "bán rong": "vỉa hè",
    "không thành": "xong",
    "giám định (adn)": "xét nghiệm",
}


@lru_cache(maxsize=2048)  # the sentences of the records that are asked about most
def words_of(line: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words by which a sentence is found, as written and folded; a folded one only for what is written there, so
    that "hinh" finds "ảnh" and not "anh"."""
    text = normalise(line)
    held = set(_WORD.findall(text))
    for said, called in _ALSO.items():
        if said in text and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text):
            held.update(called.split())
    return frozenset(held), frozenset(map(fold, held))


def held_in(line: str, words: Collection[str]) -> int:
    """How many of these words a sentence holds. With marks, "ly hôn" is no "lý do … hôn nhân"."""
    held, bare = words_of(line)
    there = bare if all(w.isascii() for w in words) else held
    return sum(w in there for w in words)
