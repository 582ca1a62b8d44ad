"""One file that holds a whole house: a tar.gz whose last member says what the others must be; sealed by age on demand.

Whoever was killed while writing leaves a file without that last member, which nobody takes for an archive.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
Tables = Mapping[str, tuple[int, str]]
"""Of each table: how many rows, and the digest of all of them."""


class Damaged(Exception):
    """An archive is not what was written, or cannot be opened; the message says what."""


@dataclass(frozen=True, slots=True)
class Contents:
    """`files`: the digest of every file. `absent`: files that the database names and that were not on disk."""

    made: str
    generation: str
    tables: Tables
    files: Mapping[str, str]
    absent: tuple[str, ...] = ()
    format: int = FORMAT


class _Passing:
    """Reads, and digests what passes."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


def pack(
    target: Path, files: Iterable[tuple[str, Path]], contents: Callable[[Mapping[str, str]], Contents]
) -> Contents:
    """Writes the archive and returns its manifest, which is made of the digests. Files that went meanwhile are left
    out. On disk when it returns."""
    digests: dict[str, str] = {}
    with target.open("wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as tar:
            for name, file in files:
                try:
                    opened = file.open("rb")
                except FileNotFoundError:
                    continue
                with opened:
                    digests[name] = _add(tar, name, opened, os.fstat(opened.fileno()).st_size)
            made = contents(digests)
            data = json.dumps(asdict(made), ensure_ascii=False).encode()
            _add(tar, MANIFEST, io.BytesIO(data), len(data))
        out.flush()
        os.fsync(out.fileno())
    return made


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    passing = _Passing(source)
    tar.addfile(member, passing)
    return passing.digest.hexdigest()


def unpack(archive: Path, folder: Path) -> Contents:
    """Everything in it lies in the folder and is what its manifest says. Raises Damaged."""
    digests: dict[str, str] = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                digests[member.name] = _take(tar, member, folder)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as bad:
        raise Damaged(f"{archive.name}: {bad}") from bad
    if digests.pop(MANIFEST, None) is None:
        raise Damaged(f"{archive.name}: it has no end; whoever wrote it was stopped")
    contents = _manifest(folder / MANIFEST)
    wrong = [n for n in {**digests, **contents.files} if digests.get(n) != contents.files.get(n)]
    if wrong:
        raise Damaged(f"{archive.name}: not what was written: {', '.join(sorted(wrong)[:3])}")
    (folder / MANIFEST).unlink()
    return contents


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    path = PurePosixPath(member.name)
    source = tar.extractfile(member) if member.isfile() else None
    if source is None or path.is_absolute() or ".." in path.parts:
        raise Damaged(f"a member that is no plain file inside: {member.name!r}")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    passing = _Passing(source)
    with target.open("xb") as out:
        target.chmod(0o600)
        while data := passing.read(CHUNK):
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return passing.digest.hexdigest()


def _manifest(file: Path) -> Contents:
    try:
        tree: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if tree["format"] != FORMAT:
            raise Damaged(f"an archive of another kind ({tree['format']}); a newer program may have written it")
        tables = {name: (int(rows), str(digest)) for name, (rows, digest) in tree["tables"].items()}
        return Contents(tree["made"], tree["generation"], tables, dict(tree["files"]), tuple(tree["absent"]))
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise Damaged(f"{MANIFEST}: {bad}") from bad


def seal(plain: Path, target: Path, recipient: str) -> None:
    """Encrypted with age to a public key: only its identity opens it, and the machine that seals need not have it.
    Raises ValueError for a recipient that is none."""
    import pyrage

    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise ValueError(f"not a public key of age (age1…): {recipient[:12]}…") from None
    with plain.open("rb") as source, target.open("wb") as out:
        pyrage.encrypt_io(source, out, [key])
        out.flush()
        os.fsync(out.fileno())


def unseal(sealed: Path, target: Path, identity: str) -> None:
    """`identity`: the text of a key file. Raises Damaged where it does not open this one."""
    import pyrage

    try:
        lines = [line.strip() for line in identity.splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
        with sealed.open("rb") as source, target.open("wb") as out:
            pyrage.decrypt_io(source, out, keys)
    except (pyrage.DecryptError, pyrage.IdentityError) as bad:
        raise Damaged(f"{sealed.name}: this key does not open it ({bad})") from bad


def is_sealed(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(22).startswith(b"age-encryption.org/v1")


def new_key() -> tuple[str, str]:
    """A new identity, to be kept away from the machine, and its public key."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())
