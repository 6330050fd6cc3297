"""EXIF data (CIPA DC-008): without what is no longer true, and in TIFF files, whose own tags it is made of.

Pillow raises whatever damaged data leads it to. No page is lost for that: the data is.
"""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from typing import Any, BinaryIO

from PIL import ExifTags, Image, TiffImagePlugin

from restorekit.orientation import ORIENTATION_TAG

_SHARED_TEXTS = (270, 271, 272, 305, 306, 315, 33432)  # what is shown, camera, program, date, author, rights
_DIRECTORIES = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
_RESOLUTION = {ExifTags.Base.XResolution, ExifTags.Base.ResolutionUnit}
_LONG = 4  # type of tags


def without_orientation(exif: bytes) -> bytes:
    """EXIF data of a page that is upright; empty where it is damaged."""
    with suppress(Exception):
        tags = _loaded(exif)
        return exif if tags.pop(ORIENTATION_TAG, None) is None else _serialised(tags)
    return b""


def without_thumbnail(exif: bytes) -> bytes:
    """EXIF data without the small picture in it, which shows what was erased; empty where it is damaged."""
    with suppress(Exception):
        tags = _loaded(exif)
        return _serialised(tags) if tags.get_ifd(ExifTags.IFD.IFD1) else exif
    return b""


def has_resolution(image: Image.Image) -> bool:
    """Whether the EXIF data of a picture tell its resolution; where they do not, Pillow says 72 dpi."""
    with suppress(Exception):
        return image.getexif().keys() >= _RESOLUTION
    return False


def exif_of_tiff(image: Image.Image) -> bytes:
    """What a page of a TIFF says that EXIF data can say too; empty where that is nothing."""
    with suppress(Exception):
        theirs, tags = image.getexif(), Image.Exif()
        for tag in _SHARED_TEXTS:
            if tag in theirs:
                tags[tag] = theirs[tag]
        for key in _DIRECTORIES:
            if values := theirs.get_ifd(key):
                tags[key] = dict(values)
        return _serialised(tags) if len(tags) else b""
    return b""


def tiff_texts(exif: bytes) -> TiffImagePlugin.ImageFileDirectory_v2:
    """The tags of EXIF data that a TIFF has on its own."""
    info = TiffImagePlugin.ImageFileDirectory_v2()
    with suppress(Exception):
        tags = _loaded(exif)
        for tag in _SHARED_TEXTS:
            if isinstance(tags.get(tag), str):
                info[tag] = kept_text(tags[tag])
    return info


def add_to_tiff(file: BinaryIO, exif: bytes) -> None:
    """Add the directories of EXIF data to a TIFF of one page; libtiff, with which Pillow compresses, cannot.

    Args:
        file: the TIFF, open for reading and writing.
        exif: the data.
    """
    file.seek(0)
    header = file.read(8)
    order = "<" if header.startswith(b"II") else ">"
    file.seek(struct.unpack(f"{order}L", header[4:])[0])
    (count,) = struct.unpack(f"{order}H", file.read(2))
    entries = [file.read(12) for _ in range(count)]
    for key in _DIRECTORIES:
        at = _end_of(file)
        if data := _directory(header, at, key, exif):
            file.write(data)
            entries.append(struct.pack(f"{order}HHLL", key, _LONG, 1, at))
    entries.sort(key=lambda entry: struct.unpack(f"{order}H", entry[:2]))
    at = _end_of(file)
    file.write(struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4))
    file.seek(4)
    file.write(struct.pack(f"{order}L", at))


def _directory(header: bytes, at: int, key: int, exif: bytes) -> bytes:
    """A directory of EXIF data as it stands in a TIFF at ``at``; empty where there is none."""
    with suppress(Exception):
        values = _loaded(exif).get_ifd(key)
        directory = TiffImagePlugin.ImageFileDirectory_v2(header, group=key)
        for tag, value in values.items():
            if tag != ExifTags.IFD.Interop:
                directory[tag] = kept_text(value)
        return directory.tobytes(at) if values else b""
    return b""


def _end_of(file: BinaryIO) -> int:
    """Go to the end of a file; TIFF wants its directories at even places."""
    at = file.seek(0, io.SEEK_END)
    return at + file.write(bytes(at % 2))


def _loaded(exif: bytes) -> Image.Exif:
    tags = Image.Exif()
    tags.load(exif)
    return tags


def _serialised(tags: Image.Exif) -> bytes:
    for key in _DIRECTORIES:
        if key in tags and not isinstance(tags[key], dict):
            tags[key] = tags.get_ifd(key)
    for values in (tags, *(value for value in tags.values() if isinstance(value, dict))):
        for tag, value in list(values.items()):
            values[tag] = kept_text(value)
    return tags.tobytes()


def kept_text(value: Any) -> Any:
    """A text as the bytes that Pillow read it from; it would write a question mark for what is not ASCII."""
    return value.encode("latin-1", "replace") if isinstance(value, str) and not value.isascii() else value
