"""Uploads: only pixels are kept, whatever was sent; and pictures are served as pictures and nothing else."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from programs.editing import pictures
from programs.models import Page, Picture
from tests.web.guide_staff import at, page, person, signed_in

pytestmark = pytest.mark.django_db

ALTS = {"alt_en": "Two chairs by a window", "alt_es": "Dos sillas junto a una ventana"}
CAMERA, GPS = 0x010F, 0x8825


@pytest.fixture
def client() -> Client:
    return signed_in(person("ben", "publisher"))


@pytest.fixture
def calm() -> Page:
    return page()


def made(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **more: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "P" else 3).save(written, kind, **more)
    return written.getvalue()


def send(client: Client, of: Page, data: bytes, name: str = "a.jpg", **more: str) -> int:
    upload = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post(at(of, "pictures_change"), {"file": upload, **(more or ALTS)}).status_code


def stored() -> bytes:
    return Path(Picture.objects.get().file.path).read_bytes()


def with_camera_and_place() -> bytes:
    exif = Image.Exif()
    exif[CAMERA] = "SecretCam"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(GPS)[1] = "N"
    return made(exif=exif, comment=b"taken at home")


def test_what_the_file_says_about_place_and_camera_is_gone(client: Client, calm: Page) -> None:
    sent = with_camera_and_place()
    assert b"SecretCam" in sent

    assert send(client, calm, sent) == 302

    with Image.open(io.BytesIO(stored())) as kept:
        assert kept.format == "WEBP"
        assert not kept.getexif()
        assert kept.size == (48, 64)  # turned upright before it forgot how it lay
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)
    assert b"SecretCam" not in stored()
    assert b"taken at home" not in stored()


@pytest.mark.parametrize(
    "kind,mode", [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_every_kind_of_picture_we_take_becomes_one_kind(
    client: Client, calm: Page, kind: str, mode: str
) -> None:
    written = io.BytesIO()
    Image.new(mode, (3000, 20)).save(written, kind)

    assert send(client, calm, written.getvalue()) == 302

    picture = Picture.objects.get()
    assert max(picture.width, picture.height) == pictures.LONGEST_SIDE
    assert Path(picture.file.name).suffix == ".webp"


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


def large() -> bytes:
    """Within Pillow's own limit, beyond ours."""
    written = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(written, "PNG")
    return written.getvalue()


REFUSED: dict[str, Callable[[], bytes]] = {
    "bomb": bomb,
    "many pixels": large,
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page": lambda: b"<!DOCTYPE html><html><script>alert(1)</script>",
    "pdf": lambda: b"%PDF-1.7\n%...",
    "gif": lambda: made("GIF"),
    "tiff": lambda: made("TIFF"),
    "bmp": lambda: made("BMP"),
    "nothing": lambda: b"",
    "half": lambda: made(size=(400, 400))[:-300],
    "noise": lambda: bytes(range(256)) * 8,
    "jpeg and page": lambda: made() + b"<html><script>alert(1)</script></html>",
    "jpeg with script in its comment": lambda: made(comment=b"<ScRiPt>alert(1)</script>"),
    "jpeg and program": lambda: made() + b"<?php system($_GET[0]); ?>",
    "jpeg and document": lambda: made() + b"%PDF-1.7",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_plain_picture_is_refused_and_the_words_are_kept(
    client: Client, calm: Page, name: str
) -> None:
    upload = SimpleUploadedFile("a.jpg", REFUSED[name](), content_type="image/jpeg")

    answer = client.post(at(calm, "pictures_change"), {"file": upload, **ALTS})

    assert answer.status_code == 422
    assert ALTS["alt_en"] in answer.content.decode()
    assert not Picture.objects.exists()


def test_an_archive_hidden_behind_a_picture_does_not_come_along(client: Client, calm: Page) -> None:
    assert send(client, calm, made() + b"PK\x03\x04hidden-archive") == 302

    assert b"hidden-archive" not in stored()


def test_a_file_over_the_limit_is_refused(
    client: Client, calm: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PICTURE_BYTES", 500)
    assert send(client, calm, made(size=(500, 500))) == 422


def test_large_bodies_are_read_only_where_pictures_go_and_from_who_is_signed_in(
    client: Client, calm: Page
) -> None:
    two_megabytes = made("PNG") + b"\0" * 2_000_000

    assert send(client, calm, two_megabytes) == 302
    assert send(Client(), calm, two_megabytes) == 413
    elsewhere = client.post(at(calm, "details_change"), {"file": SimpleUploadedFile("a", two_megabytes)})
    assert elsewhere.status_code == 413
    assert send(client, calm, b"\0" * (settings.PICTURE_BYTES + 1_100_000)) == 413


@pytest.mark.parametrize(
    "words,answer",
    [
        ({}, 422),
        ({"alt_en": "Chairs"}, 422),
        ({"decorative": "on", "alt_en": "Chairs"}, 422),
        ({"decorative": "on"}, 302),
        (ALTS, 302),
    ],
)
def test_a_picture_has_words_in_both_languages_or_is_decoration(
    client: Client, calm: Page, words: dict[str, str], answer: int
) -> None:
    assert send(client, calm, made(), **(words or {"alt_en": ""})) == answer
    assert Picture.objects.count() == (answer == 302)


def test_a_picture_is_served_as_a_picture_to_be_kept_and_nothing_else(client: Client, calm: Page) -> None:
    send(client, calm, made(), name="../../evil.php")
    place = Picture.objects.get().get_absolute_url()

    answer = Client().get(place)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == stored()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "evil" not in place
    assert place in client.get(at(calm, "pictures_change")).content.decode()


@pytest.mark.parametrize("name", ["a" * 32, "..", "x%2e%2e", "a/b"])
def test_other_names_are_missing(name: str) -> None:
    assert Client().get(f"/media/{name}.webp").status_code in (400, 404)


def test_a_picture_is_removed_with_its_file(
    client: Client, calm: Page, django_capture_on_commit_callbacks: object
) -> None:
    send(client, calm, made())
    picture = Picture.objects.get()
    path = Path(picture.file.path)

    for wrong in ("x", "0", "9" * 30):
        client.post(at(calm, "pictures_change"), {"drop": wrong})
    other = page(key="other")
    client.post(at(other, "pictures_change"), {"drop": str(picture.pk)})
    assert Picture.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(at(calm, "pictures_change"), {"drop": str(picture.pk)})

    assert not Picture.objects.exists()
    assert not path.exists()


def test_an_editor_sees_pictures_but_adds_none(calm: Page) -> None:
    editor = signed_in(person("ana", "editor"))

    assert editor.get(at(calm, "pictures_change")).status_code == 200
    assert send(editor, calm, made()) == 403
    assert not Picture.objects.exists()
