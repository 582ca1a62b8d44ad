"""How a story begins: the words that only announce it ("tôi muốn phản ánh: …") tell nothing of it. Pure."""

from __future__ import annotations

import re

_SAYS = r"(?:phản ánh|phan anh|kiến nghị|kien nghi|góp ý|gop y)"
_WHO = r"(?:tôi|toi|tui|em|mình|minh|con|cháu|chau|chúng tôi|chung toi|gia đình tôi|gia dinh toi)"
_BEFORE = (
    rf"(?:dạ|da|thưa|thua|xin|cho|{_WHO}|muốn|muon|cần|can|được|duoc|gửi|gui|có|co|một|mot|viết|viet|việc|viec|"
    r"ý kiến|y kien)"
)
_AFTER = r"(?:rằng|rang|là|la|về việc|ve viec|việc|viec|như sau|nhu sau|về|ve|ạ)"
_OPENING = re.compile(
    rf"^\W*(?P<before>(?:{_BEFORE} )*){_SAYS}(?: {_SAYS})?(?P<after>(?: {_AFTER})*)\s*(?P<mark>[:,;–-]?)\s+",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(rf"\b{_WHO} ", re.IGNORECASE)
# What is left must still tell something.
_SHORTEST = 3


def without_opening(text: str) -> str:
    """The story itself. "Kiến nghị mở thêm quầy" is a sentence of its own and stays whole."""
    found = _OPENING.match(text)
    if found is None or not (found["mark"] or found["after"] or _SOMEBODY.search(found["before"])):
        return text
    rest = text[found.end() :].lstrip()
    return rest[:1].upper() + rest[1:] if len(rest.split()) >= _SHORTEST else text
