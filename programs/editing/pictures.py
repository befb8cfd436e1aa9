"""Pictures: every upload is read as pixels and written anew, so that nothing but pixels is kept.

What the file said about its maker, place and camera is gone, and so is whatever was hidden in or behind the picture.
"""

from __future__ import annotations

import io
import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, ImageOps

from programs import services
from programs.models import Page, Picture, Step

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600
# Decided from the header, before a pixel is unpacked: a bomb of a few kilobytes may claim gigabytes.
MOST_PIXELS = 40_000_000
QUALITY = 82
# A picture that is a page, a program or a document as well has no honest reason to be.
FOREIGN = (b"<script", b"<html", b"<svg", b"<!doctype", b"<?php", b"%pdf-", b"<iframe")

# What Pillow raises for files that are not what they say.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class BadPicture(Exception):
    """A file that is no picture we take; the message says why, for staff."""


def read_anew(data: bytes) -> bytes:
    """Return the picture as a new WebP file, upright, at most 1,600 pixels on its longer side. Raises BadPicture."""
    lowered = data.lower()
    if any(mark in lowered for mark in FOREIGN):
        raise BadPicture("This file is more than a picture. Save it anew as JPEG or PNG, and try again.")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadPicture("This picture has too many pixels. Make it smaller, and try again.")
            # A large JPEG is unpacked at a fraction of its size; other formats take no notice.
            image.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            image.load()
            upright = ImageOps.exif_transpose(image)
            has_holes = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            pixels = upright.convert("RGBA" if has_holes else "RGB")
    except BROKEN as error:
        raise BadPicture("This is no whole JPEG, PNG or WebP picture.") from error
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A fresh image: nothing but pixels comes along.
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()


class PictureForm(forms.Form):
    """One picture, with words for who does not see it, or the decision that it is decoration."""

    file = forms.FileField(
        label="Picture",
        help_text="JPEG, PNG or WebP, up to 8 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    decorative = forms.BooleanField(
        label="Only decoration: it says nothing that the text does not", required=False
    )
    alt_en = forms.CharField(label="In words (English)", required=False, max_length=200)
    alt_es = forms.CharField(
        label="In words (Spanish)",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )

    def clean_file(self) -> bytes:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > settings.PICTURE_BYTES:
            raise forms.ValidationError("This file is too large: 8 MB at most.")
        try:
            return read_anew(upload.read())
        except BadPicture as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = [cleaned.get(name, "") for name in ("alt_en", "alt_es")]
        if cleaned.get("decorative") and any(said):
            self.add_error("decorative", "Decoration has no words. Leave them out, or do not tick this.")
        if not cleaned.get("decorative"):
            for name, words in zip(("alt_en", "alt_es"), said, strict=True):
                if not words and name not in self.errors:
                    self.add_error(name, "Say what the picture shows, or tick that it is only decoration.")
        return cleaned


@transaction.atomic
def keep(page: Page, form: PictureForm, *, by: User) -> Picture:
    """Keep a picture under a name that nobody can guess."""
    data = form.cleaned_data
    picture = Picture(
        page_id=page.pk, decorative=data["decorative"], alt_en=data["alt_en"], alt_es=data["alt_es"]
    )
    picture.file.save(f"{secrets.token_hex(16)}.webp", ContentFile(data["file"]), save=False)
    picture.width, picture.height = picture.file.width, picture.file.height
    picture.save()
    _step(page, by, "added")
    return picture


@transaction.atomic
def drop(page: Page, pk: str, *, by: User) -> None:
    """Remove a picture and its file."""
    picture = page.pictures.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 10 else None
    if picture is not None:
        stored = picture.file
        picture.delete()
        transaction.on_commit(lambda: stored.delete(save=False))
        _step(page, by, "removed")


def _step(page: Page, by: User, note: str) -> None:
    Step.objects.create(page_id=page.pk, action=Step.Action.PICTURES, who=by, note=note)
    services.changed()
