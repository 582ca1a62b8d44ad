"""Portal records whose cells were cut in the wrong places get their parts back.

Readers of the portal cut a page at the titles of its parts; where a cell uses the words of such a title itself, the cut
came too early and the rest of the cell lies in the next one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from knowledge.importing import legal, papers, ways

LOST = "bản ghi của Cổng bị cắt mất phần giấy tờ khi tải về"
_TREE = Mapping[str, Any]
_GOES_ON = re.compile(r"\s*(?:[).,;:]|[a-zà-ỹ][^)])")
_WAY = re.compile(rf"(?:{'|'.join(ways.KINDS)})\d")


def mended(tree: _TREE) -> tuple[_TREE, str]:
    """The record with its cells whole, and a doubt about its papers if they were lost on the way."""
    if not _cell(tree, "methods").startswith(ways.HEADER):
        return tree, ""
    tree = _fees_whole(tree)
    if papers.HEADER not in _cell(tree, "documents"):
        return _steps_whole(tree)
    return _papers_whole(_ways_whole(tree)), ""


def _cell(tree: _TREE, name: str) -> str:
    return str(tree.get(name) or "")


def _steps_whole(tree: _TREE) -> tuple[_TREE, str]:
    """Steps that speak of "Thành phần hồ sơ": their rest lies in `documents`, and the papers were never saved."""
    rest = _cell(tree, "documents")
    if not _GOES_ON.match(rest):
        return tree, ""
    whole = f"{_cell(tree, 'steps').rstrip()} thành phần hồ sơ {rest.lstrip()}"
    return {**tree, "steps": whole, "documents": ""}, LOST


def _fees_whole(tree: _TREE) -> _TREE:
    """Fees whose remark says "(Căn cứ pháp lý: …)": the rest of the ways lies in `legal`."""
    methods, told = _cell(tree, "methods"), _cell(tree, "legal")
    rest, _, texts = told.partition(legal.HEADER)
    if not rest.startswith(":") or methods.count("(") <= methods.count(")"):
        return tree
    return {**tree, "methods": f"{methods}Căn cứ pháp lý{rest}", "legal": legal.HEADER + texts if texts else ""}


def _ways_whole(tree: _TREE) -> _TREE:
    """Ways whose description speaks of "Thành phần hồ sơ": further rows of their table lie before the papers."""
    told = _cell(tree, "documents")
    before = told.partition(papers.HEADER)[0]
    rows, mark, heading = before.rpartition("Thành phần hồ sơ")
    found = _WAY.search(rows) if mark else None
    if not found:
        return tree
    methods = _cell(tree, "methods") + rows[found.start() :]
    return {**tree, "methods": methods, "documents": heading + told[len(before) :]}


def _papers_whole(tree: _TREE) -> _TREE:
    """Papers that speak of "Yêu cầu, điều kiện thực hiện": further rows of their table lie in `conditions`."""
    rest = _cell(tree, "conditions")
    if papers.HEADER not in rest:
        return tree
    whole = f"{_cell(tree, 'documents')} Yêu cầu, điều kiện thực hiện {rest}"
    return {**tree, "documents": whole, "conditions": ""}
