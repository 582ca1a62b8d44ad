from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.desk import attachments
from bot.desk.attachments import Unfit, Uploads, examined, shown_name, sniffed


def picture(form: str = "JPEG", size: tuple[int, int] = (80, 40), exif: bool = False) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (200, 30, 30))
    tags = Image.Exif()
    if exif:
        tags[0x010F] = "MayAnhCuaToi"
        tags[0x0112] = 6  # lies on its side
        tags.get_ifd(0x8825)[2] = (21.0, 2.0, 3.0)
    image.save(out, form, exif=tags.tobytes()) if exif else image.save(out, form)
    return out.getvalue()


def box(name: bytes, inside: bytes) -> bytes:
    return struct.pack(">I4s", len(inside) + 8, name) + inside


def film(place: bytes = b"+21.0285+105.8542/") -> bytes:
    told = box(b"udta", box(b"\xa9xyz", place))
    return (
        box(b"ftyp", b"isom\0\0\2\0")
        + box(b"moov", box(b"mvhd", b"\0" * 20) + box(b"trak", told) + told)
        + box(b"mdat", b"hinh")
    )


@pytest.mark.parametrize(("form", "kind"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_keeps_its_form_and_tells_nothing_of_the_sender(form: str, kind: str) -> None:
    fit = examined(picture(form, exif=True))
    assert fit.kind == kind
    assert b"MayAnhCuaToi" not in fit.data
    again = Image.open(io.BytesIO(fit.data))
    assert not dict(again.getexif()) and again.format == form
    assert again.size == (40, 80)  # it stands upright without the tag that said so


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    assert b"<script>" not in examined(picture() + b"<script>alert(1)</script>").data


def test_a_large_picture_is_made_smaller() -> None:
    assert max(Image.open(io.BytesIO(examined(picture(size=(5000, 100))).data)).size) == attachments.LONGEST_SIDE


def test_a_film_forgets_where_it_was_taken_and_stays_as_long() -> None:
    before = film()
    fit = examined(before)
    assert fit.kind == "video/mp4" and b"105.8542" not in fit.data
    assert len(fit.data) == len(before) and fit.data.endswith(b"hinh")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\0 program", "kind"),
        (b"<svg onload=alert(1)>", "kind"),
        (b"<html><script>", "kind"),
        (b"\0\0\0\x18ftypheic", "kind"),
        (b"GIF89a....", "kind"),
        (b"PK\3\4", "kind"),
        (b"\xff\xd8\xff broken", "broken"),
        (picture("PNG")[:60], "broken"),
        (box(b"ftyp", b"isom") + b"\xff\xff\xff\xffmoov", "broken"),
        (b"OggS" + b"0" * (6 << 20), "too_large"),
        (b"%PDF-1.7" + b"0" * (12 << 20), "too_large"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unfit) as refused:
        examined(data)
    assert refused.value.reason == reason


def test_a_picture_of_too_many_points_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_PIXELS", 1000)
    with pytest.raises(Unfit, match="too_large"):
        examined(picture())


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_fit_or_be_refused(data: bytes) -> None:
    for given_bytes in (data, b"\xff\xd8\xff" + data, b"\0\0\0\x14ftypisom" + data, b"RIFF\0\0\0\0WEBP" + data):
        try:
            assert examined(given_bytes).kind == sniffed(given_bytes)
        except Unfit as refused:
            assert refused.reason in ("empty", "kind", "broken", "too_large")


def test_a_file_is_kept_once_under_its_digest_and_can_go(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    fit = examined(picture())
    digest = uploads.keep(fit)
    assert uploads.keep(fit) == digest
    files = [p for p in (tmp_path / "uploads").rglob("*") if p.is_file()]
    assert [p.name for p in files] == [digest] and uploads.read(digest) == fit.data
    uploads.drop(digest)
    uploads.drop(digest)
    with pytest.raises(FileNotFoundError):
        uploads.read(digest)


@pytest.mark.parametrize("path", ["../../etc/passwd", "a" * 63, "A" * 64, "", "/etc/passwd"])
def test_only_a_digest_names_a_file(tmp_path: Path, path: str) -> None:
    with pytest.raises(FileNotFoundError):
        Uploads(tmp_path).read(path)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\ảnh\\giấy hẹn.jpg", "giấy hẹn.jpg"),
        ("<img src=x>.png", "img src=x.png"),
        ("a\nb\0.pdf", "ab.pdf"),
        ("", ""),
        ("x" * 300 + ".jpg", "x" * 76 + ".jpg"),
    ],
)
def test_a_name_is_shown_without_its_path_and_tricks(name: str, shown: str) -> None:
    assert shown_name(name) == shown
