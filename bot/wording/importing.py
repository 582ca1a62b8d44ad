"""What an import would change, in words that an admin reads: in the terminal, on Telegram, in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.importing.diff import Changed, Diff
    from knowledge.importing.imported import Refusal
    from knowledge.records import Procedure, ReadingDay

TOO_LARGE = "tệp quá lớn; chia thành các tệp dưới 20 MB"
TITLES = {"new": "MỚI", "changed": "THAY ĐỔI", "abolished": "BÃI BỎ", "refused": "KHÔNG NHẬN"}
AND_MORE = "… và {count} nữa"
FIELDS = {
    "name": "tên",
    "field": "lĩnh vực",
    "level": "cấp",
    "agency": "cơ quan thực hiện",
    "where": "nơi nộp",
    "ways": "cách nộp",
    "time": "thời hạn",
    "fee": "phí, lệ phí",
    "documents": "giấy tờ",
    "cases": "giấy tờ theo trường hợp",
    "steps": "các bước",
    "conditions": "điều kiện",
    "who": "đối tượng",
    "result": "kết quả",
    "legal": "căn cứ pháp lý",
    "online": "nộp trực tuyến",
    "remarks": "lưu ý",
    "sources": "nguồn",
    "confidence": "độ tin cậy",
    "doubts": "điều còn ngờ",
    "validity.decision": "quyết định",
    "validity.decision_date": "ngày quyết định",
    "validity.since": "hiệu lực từ",
    "validity.until": "hiệu lực đến",
    "validity.status": "tình trạng",
    "validity.note": "ghi chú hiệu lực",
    "validity.changes": "thay đổi sắp tới",
}


def described(diff: Diff, shown: int) -> list[str]:
    """The diff, line by line, each part cut after so many records."""
    plans = [f"kế hoạch {p.key}: {p.name} ({len(p.tasks)} nhiệm vụ)" for p in diff.new_plans]
    parts = {
        "new": [*map(named, diff.new), *plans],
        "changed": [changed(c, True) for c in diff.changed],
        "abolished": [abolished(p) for p in diff.abolished],
        "refused": [refusal(r) for r in diff.refused],
    }
    lines: list[str] = []
    for title, found in parts.items():
        if found:
            lines += ["", TITLES[title], *found[:shown]]
            lines += [AND_MORE.format(count=len(found) - shown)] if len(found) > shown else []
    return lines


def abolished(record: Procedure) -> str:
    return f"{named(record)} — {record.validity.note or record.validity.decision}"


def named(record: Procedure) -> str:
    return f"{record.code} {short(record.name, 110)}"


def changed(change_of: Changed, cut: bool) -> str:
    rows = [named(change_of.record)]
    wide = 90 if cut else 2000
    for change in change_of.fields:
        label = FIELDS.get(change.name, change.name)
        if change.name == "sources":
            added = [s for s in change.new if s not in change.old]
            rows.append(f"      {label}: {'; '.join(f'{s.name} (đọc {date(s.read)})' for s in added)}")
        else:
            rows.append(f"      {label}: {short(value_of(change.old), wide)} → {short(value_of(change.new), wide)}")
    return "\n".join(rows)


def value_of(value: Any) -> str:
    """A field as an admin can read it."""
    from knowledge.importing.folder import to_tree

    return _told(to_tree(value)) or "(trống)"


def _told(tree: Any) -> str:
    if isinstance(tree, dict):
        return ", ".join(filter(None, map(_told, tree.values())))
    if isinstance(tree, list | tuple):
        return "; ".join(map(_told, tree))
    return str(tree) if tree is not None else ""


def refusal(r: Refusal) -> str:
    where = f", {r.where}" if r.where else ""
    value = f" “{short(r.value, 60)}”" if r.value else ""
    remedy = f" → {r.remedy}" if r.remedy else ""
    return f"{r.file}{where}:{value} {r.reason}{remedy}"


def date(day: ReadingDay) -> str:
    return str(day).removeprefix("ngày ")


def short(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"
