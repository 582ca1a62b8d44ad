"""The words and word pairs by which questions and entries are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.vietnamese import fold, split

_STOP = frozenset(
    """ai gì nào mấy khi lúc đâu sao thế vậy ạ à hả nhỉ nhé ừ do của cho về và với thì là có không được phải cần trong ở
    tại theo này kia đó đây những các mình em tôi bạn anh chị bác chú con xin hỏi muốn biết giúp nói nhắc đề cập tới đến
    ra vào lên từ bằng hay hoặc cũng năm tháng ngày như mà bên dạ vâng ơi bị bởi để đã đang sẽ chưa còn nữa cả mọi mỗi
    từng việc cái chuyện phần gồm ghi trên mục giữa khác nhau chỗ nha đi rồi xong làm lo giao nếu nhiêu thấy bữa kỳ lần
    nộp gửi dùng tụi nó nhờ coi xem chứ hồi thôi luôn nhiều ít trước sau qua lại hết kể hãy cùng ngoài kho""".split()
)
STOP_FOLDED = frozenset(fold(w) for w in _STOP)
# Two ways to say one thing, brought to one on both sides.
_ALIKE = (
    ("hoi thi", "cuoc thi"),
    ("thi tim hieu", "cuoc thi tim hieu"),
    ("cuoc cuoc thi", "cuoc thi"),
    ("pa no", "pano"),
    ("to gap", "to roi"),
    ("hai kich", "kich"),
    ("kich vui", "kich"),
    ("loa phuong", "truyen thanh"),
    ("nguoi dan", "nhan dan"),
    ("trang tin", "trang thong tin"),
    ("website", "trang thong tin"),
    ("cong dien tu", "cong thong tin dien tu"),
    ("vuong mac kho khan", "kho khan vuong mac"),
)
# Words that another may stand for: their marks do not tell them apart.
_ALIKE_WORDS = frozenset(w for pair in _ALIKE for phrase in pair for w in phrase.split())
_CODE = re.compile(r"\d+[a-z]?/")


def content_words(text: str, pairs: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    """The folded content words of a normalised text in order; what only tells that something is asked is left out.

    A word typed without marks may be such a word or not ("thi" is "thì" or an exam): it is kept beside a neighbour
    that it stands beside in the plans (`pairs`).
    """
    written = split(text)
    bare = [fold(w) for w in written]
    kept = []
    for i, (word, plain) in enumerate(zip(written, bare, strict=True)):
        paired = (
            pairs
            and word.isascii()
            and ((i and (bare[i - 1], plain) in pairs) or (plain, *bare[i + 1 : i + 2]) in pairs)
        )
        if not paired and (word in _STOP or (pairs and word.isascii() and plain in STOP_FOLDED)):
            continue
        kept.append(plain)
        if _CODE.match(plain):
            kept.append("#" + plain.split("/")[0])
    return _alike(kept)


def neighbours(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Neighbours in the plans of which neither only tells that something is asked."""
    pairs = set()
    for text in texts:
        words = split(text)
        pairs |= {(fold(a), fold(b)) for a, b in zip(words, words[1:], strict=False) if not {a, b} & _STOP}
    return frozenset(pairs)


def _alike(tokens: Sequence[str]) -> list[str]:
    text = f" {' '.join(tokens)} "
    for one, other in _ALIKE:
        text = text.replace(f" {one} ", f" {other} ")
    return text.split()


def terms_of(tokens: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(tokens)
    yield from dict.fromkeys(f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False))


def marked(text: str) -> dict[str, str]:
    """The words of a text that are written with marks, by their folded form; where two fold alike, neither."""
    forms: dict[str, set[str]] = {}
    for word in split(text):
        forms.setdefault(fold(word), set()).add(word)
    one = {plain: next(iter(words)) for plain, words in forms.items() if len(words) == 1}
    return {plain: w for plain, w in one.items() if not w.isascii() and plain not in _ALIKE_WORDS}


def runs_of(tokens: Sequence[str]) -> Iterator[str]:
    return map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False))


def code_term(number: str) -> str:
    return "#" + fold(number).split("/")[0] if number else ""
