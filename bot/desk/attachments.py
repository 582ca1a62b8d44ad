"""Files that citizens send: known by their first bytes, freed of what they tell about the sender, kept by digest.

Pictures are drawn anew, so that nothing but the picture itself survives (no place, no camera, no hidden text). In
videos the boxes of metadata are emptied. A file is on disk before the row that names it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

MEGABYTE = 1 << 20
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "image/jpeg": 12 * MEGABYTE,
        "image/png": 12 * MEGABYTE,
        "image/webp": 12 * MEGABYTE,
        "application/pdf": 12 * MEGABYTE,
        "audio/ogg": 6 * MEGABYTE,
        "video/mp4": 20 * MEGABYTE,
    }
)
"""The largest file of each kind that is taken, in bytes."""
MOST = 10
"""Files that one petition may hold."""
LONGEST_SIDE, MOST_PIXELS = 3000, 60_000_000
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_FILM_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5")
_TELLING_BOXES = (b"udta", b"meta", b"uuid")


class Unfit(Exception):
    """This file is not taken; `reason`: empty, kind, too_large, broken, too_many (worded in wording.filing.UNFIT)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be kept: its true kind, and its bytes without what they told of the sender."""

    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def examined(data: bytes) -> Fit:
    """Raises Unfit. The name and the kind that a sender claims are not looked at."""
    if not data:
        raise Unfit("empty")
    kind = sniffed(data)
    if not kind:
        raise Unfit("kind")
    if len(data) > LIMITS[kind]:
        raise Unfit("too_large")
    if kind in _PICTURES:
        return Fit(kind, _drawn_anew(data, _PICTURES[kind]))
    return Fit(kind, _emptied(data) if kind == "video/mp4" else data)


def sniffed(data: bytes) -> str:
    """The kind that the first bytes tell; "" for one that is not taken. HEIC is none: it cannot be drawn anew here."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"OggS"):
        return "audio/ogg"
    return "video/mp4" if data[4:8] == b"ftyp" and data[8:12] in _FILM_BRANDS else ""


def shown_name(name: str) -> str:
    """A file's name as it may be shown: its last part, printable, short. It is never a path on disk."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    return clean[-80:]


class Uploads:
    """The folder of files, each under its digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, fit: Fit) -> str:
        """On disk when it returns; the digest is its name. The same file twice is kept once."""
        path = self._path(fit.digest)
        if path.exists():
            return fit.digest
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            with half.open("wb") as out:
                out.write(fit.data)
                out.flush()
                os.fsync(out.fileno())
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
        _fsync_folder(path.parent)
        return fit.digest

    def read(self, digest: str) -> bytes:
        """Raises FileNotFoundError where it was never kept or is gone."""
        return self._path(digest).read_bytes()

    def holds(self, digest: str) -> bool:
        return self._path(digest).is_file()

    def drop(self, digest: str) -> None:
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise FileNotFoundError(digest)
        return self._folder / digest[:2] / digest


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drawn_anew(data: bytes, form: str) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=[form])
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit("too_large")
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = turned.convert("RGB" if form == "JPEG" else "RGBA" if "A" in turned.getbands() else "RGB")
        plain.info.clear()
        out = io.BytesIO()
        plain.save(out, form, quality=88)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as bad:
        raise Unfit("broken") from bad
    return out.getvalue()


def _emptied(data: bytes) -> bytes:
    """The film with its boxes of metadata (place, camera, owner) turned into blank ones of the same length."""
    film = bytearray(data)
    try:
        _empty_inside(film, 0, len(film))
    except struct.error as bad:
        raise Unfit("broken") from bad
    return bytes(film)


def _empty_inside(film: bytearray, start: int, end: int) -> None:
    for at, size, name in _boxes(bytes(film), start, end):
        if name in _TELLING_BOXES:
            _blank(film, at, size)
        elif name in (b"moov", b"trak", b"mdia"):
            _empty_inside(film, at + 8, at + size)


def _blank(film: bytearray, at: int, size: int) -> None:
    """A box whose length stands in eight bytes keeps them: they come after the name."""
    head = 16 if film[at : at + 4] == b"\0\0\0\1" else 8
    film[at + 4 : at + 8] = b"free"
    film[at + head : at + size] = bytes(size - head)


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each box of an MP4 begins, how long it is, and its name. Raises Unfit where the lengths do not add up."""
    at = start
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        elif size == 0:
            size = end - at
        if size < 8 or at + size > end:
            raise Unfit("broken")
        yield at, size, name
        at += size
