"""Các thư viện mà dự án dùng: bản nào, giấy phép nào; viết bảng, viết SBOM, hoặc kiểm tra.

scripts/licences.py --write        viết lại docs/dependencies.md
scripts/licences.py --sbom TỆP     viết SBOM (CycloneDX 1.5, JSON)
scripts/licences.py --check        mọi thư viện đã ghim bản trong constraints.txt, giấy phép dùng được, bảng còn đúng
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT, TABLE, PINS = "mot-cua", ROOT / "docs" / "dependencies.md", ROOT / "constraints.txt"
INSTALLERS = ("pip", "setuptools", "wheel")
# Licences under which the whole may be given on as Apache-2.0; a library of another one needs a person's look.
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|HPND|CNRI|Unlicense|0BSD|CC0|Public Domain|MPL|Mozilla"
    r"|LGPL|Lesser General|NCSA|Boost|BSL",
    re.I,
)
TEXTS = {
    "MIT": "Permission is hereby granted, free of charge",
    "Apache-2.0": "Apache License Version 2.0",
    "BSD": "Redistribution and use in source and binary forms",
    "MPL-2.0": "Mozilla Public License Version 2.0",
}
HEAD = """# Thư viện đang dùng

Bảng này do `scripts/licences.py --write` viết từ những gì đã cài; `--check` (chạy trong `scripts/check`) báo khi nó cũ,
khi có thư viện chưa ghim bản trong `constraints.txt`, hoặc khi có giấy phép cần người xem. `--sbom TỆP` viết danh mục
theo CycloneDX 1.5 cho ai cần đối chiếu với cơ sở dữ liệu lỗ hổng (ví dụ `pip-audit -r constraints.txt`, cần mạng);
danh mục được viết lúc phát hành, từ đúng những gì đã cài để thử bản ấy, nên không giữ trong kho mã.

Vì sao chọn từng thư viện chính: [adr/0006-dependencies.md](adr/0006-dependencies.md).

"""
COLUMNS = "| Thư viện | Bản | Giấy phép | Dùng khi |\n|---|---|---|---|\n"


@dataclass(frozen=True, slots=True, order=True)
class Library:
    """`runs`: needed to run, not only to develop."""

    name: str
    version: str
    licence: str
    runs: bool
    address: str


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sbom", type=Path, metavar="TỆP")
    parser.add_argument("--check", action="store_true")
    wanted = parser.parse_args(arguments)
    found = sorted(libraries())
    if wanted.write:
        TABLE.write_text(table(found), encoding="utf-8")
    if wanted.sbom:
        wanted.sbom.write_text(json.dumps(sbom(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    problems = list(faults(found, pins())) if wanted.check else []
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(found)} thư viện, {sum(library.runs for library in found)} để chạy.")
    return int(bool(problems))


def libraries() -> Iterator[Library]:
    """All that the project needs, directly or through another, as it is installed here."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    running = reached(told["dependencies"])
    developing = reached([*told["dependencies"], *told["optional-dependencies"]["dev"]])
    for name, installed in developing.items():
        meta = installed.metadata
        address = meta.get("Home-page") or next(iter(meta.get_all("Project-URL") or [""])).partition(", ")[2]
        yield Library(name, installed.version.partition("+")[0], licence_of(installed), name in running, address)


def reached(lines: Iterable[str]) -> Mapping[str, Distribution]:
    """What these requirements name, and what that needs in turn."""
    found: dict[str, Distribution] = {}
    waiting = [(Requirement(line), "") for line in lines]
    seen: set[tuple[str, str]] = set()
    while waiting:
        needed, extra = waiting.pop()
        if needed.marker is not None and not needed.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(needed.name)
        for chosen in ("", *needed.extras):
            if (name, chosen) in seen or name in INSTALLERS:
                continue
            seen.add((name, chosen))
            try:
                found[name] = distribution(name)
            except PackageNotFoundError:
                continue  # named for another system
            waiting += [(Requirement(line), chosen) for line in found[name].requires or ()]
    return found


def licence_of(installed: Distribution) -> str:
    meta = installed.metadata
    if said := meta.get("License-Expression"):
        return str(said)
    classes = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or () if c.startswith("License ::")]
    if classes := [c for c in classes if c != "OSI Approved"]:
        return " / ".join(classes)
    said = (meta.get("License") or "").strip()
    return said.splitlines()[0][:60] if said else _read_off(installed)


def _read_off(installed: Distribution) -> str:
    """From the text of the licence that came with it, where nothing else says."""
    for file in installed.files or ():
        if re.search(r"licen[cs]e|copying", file.name, re.I) and (text := file.locate()) and Path(str(text)).is_file():
            head = " ".join(Path(str(text)).read_text(encoding="utf-8", errors="replace")[:3000].split())
            for name, words in TEXTS.items():
                if words in head:
                    return name
    return "?"


def pins() -> Mapping[str, str]:
    lines = (line.strip() for line in PINS.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("==", 1) for line in lines if "==" in line and not line.startswith("#"))
    return {canonicalize_name(name): version.split(";")[0].strip() for name, version in pairs}


def faults(found: Iterable[Library], pinned: Mapping[str, str]) -> Iterator[str]:
    found = list(found)
    for library in found:
        if library.name not in pinned:
            yield f"{library.name}: chưa ghim; thêm “{library.name}=={library.version}” vào constraints.txt"
        elif pinned[library.name] != library.version:
            yield f"{library.name}: đã cài {library.version} mà constraints.txt ghi {pinned[library.name]}; cài lại"
        if not ALLOWED.search(library.licence):
            yield f"{library.name}: giấy phép “{library.licence}” cần người xem"
    written = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.is_file() else []
    # another Python may need a library less; what it uses must stand there
    if not set(table(found).splitlines()) <= set(written):
        yield f"{TABLE.relative_to(ROOT)} đã cũ; chạy python scripts/licences.py --write"


def table(found: Iterable[Library]) -> str:
    rows = (
        f"| {x.name} | {x.version} | {x.licence} | {'chạy' if x.runs else 'phát triển, kiểm thử'} |\n" for x in found
    )
    return HEAD + COLUMNS + "".join(rows)


def sbom(found: Iterable[Library]) -> dict[str, object]:
    parts = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{x.name}@{x.version}",
            "name": x.name,
            "version": x.version,
            "purl": f"pkg:pypi/{x.name}@{x.version}",
            "scope": "required" if x.runs else "excluded",
            "licenses": [{"license": {"name": x.licence}}],
        }
        for x in found
    ]
    told = json.dumps(parts, sort_keys=True)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, told)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": PROJECT, "version": version}},
        "components": parts,
    }


if __name__ == "__main__":
    sys.exit(main())
