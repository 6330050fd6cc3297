"""What a picture file says besides its pixels, as the options with which Pillow writes it again."""

from __future__ import annotations

import math
import re
from typing import Any, BinaryIO

from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from restorekit.documents.exif import (
    exif_of_tiff,
    has_resolution,
    kept_text,
    tiff_texts,
    without_orientation,
    without_thumbnail,
)

LOSSY_QUALITY = 95
_TIFF_TEXTS = (269, 270, 271, 272, 285, 297, 305, 306, 315, 316, 33432)  # names, dates, page number, rights
_X_RESOLUTION = 282
_XMP_ORIENTATION = rb'\s*tiff:Orientation="\d"|<tiff:Orientation>\d</tiff:Orientation>'
_XMP_KEY = "XML:com.adobe.xmp"  # of a PNG's text
_XMP_THUMBNAILS = re.compile(rb"<(\w+:Thumbnails)\b.*?</\1>", re.DOTALL)
_MOST_BYTES = {  # of EXIF, and of XMP
    "exif": {"JPEG": 65_000, "BMP": 0},
    "xmp": {"JPEG": 65_000, "BMP": 0},
}
_ICC_SPACE = slice(16, 20)  # of a profile's header: the space of its pixels (ICC.1:2022, 7.2)


def save_options(image: Image.Image, format: str) -> dict[str, Any]:
    """Options of ``Image.save`` that bring back the look of a picture that was just loaded.

    Args:
        image: a loaded picture, on the page that is meant.
        format: Pillow's name of its format, ``'JPEG'`` for several pictures in one JPEG file, too.
    """
    common = {
        key: image.info[key]
        for key in ("dpi", "icc_profile", "exif", "xmp")
        if image.info.get(key) and not (key == "dpi" and min(image.info["dpi"]) <= 0)
    }
    if format == "TIFF" and _X_RESOLUTION not in image.tag_v2:  # type: ignore[attr-defined]
        common.pop("dpi", None)  # Pillow's invention
    if format == "JPEG" and not (image.info.get("jfif_unit") or has_resolution(image)):
        common.pop("dpi", None)  # too
    if "exif" in common:
        common["exif"] = without_thumbnail(common["exif"])
    if isinstance(common.get("xmp"), bytes):
        common["xmp"] = without_thumbnails(common["xmp"])
    special = {"JPEG": _jpeg, "PNG": _png, "TIFF": _tiff, "WEBP": _webp}.get(format)
    if format == "TIFF":
        common.pop("exif", None)
        xmp = common.pop("xmp", None)
        if isinstance(xmp, bytes):  # its pages come upright
            common["xmp"] = re.sub(_XMP_ORIENTATION, b"", xmp)
    return common | (special(image) if special else {})


def converted_options(options: dict[str, Any], format: str, *, colour: bool) -> dict[str, Any]:
    """The options that make sense in another format, at its best quality, for a page that is upright.

    Args:
        options: those of the file that was read.
        format: Pillow's name of the format to write.
        colour: whether pixels are written as RGB, not as grey; a profile for others, such as CMYK, goes.
    """
    common: dict[str, Any] = {
        key: options[key] for key in ("dpi", "icc_profile", "exif", "xmp") if key in options
    }
    if common.get("icc_profile", b"")[_ICC_SPACE] != (b"RGB " if colour else b"GRAY"):
        common.pop("icc_profile", None)
    if "exif" in common:
        common["exif"] = without_orientation(common["exif"])
    if "xmp" in common:
        common["xmp"] = re.sub(_XMP_ORIENTATION, b"", common["xmp"])
    for key in ("exif", "xmp"):
        if len(common.get(key, b"")) > _MOST_BYTES[key].get(format, math.inf):
            del common[key]
    if format == "PNG" and "xmp" in common:
        common["pnginfo"] = PngImagePlugin.PngInfo()
        common["pnginfo"].add_itxt(_XMP_KEY, common.pop("xmp").decode("utf-8", "replace"))
    if format == "WEBP":
        common.pop("dpi", None)
        return common | {"lossless": True, "exact": True}
    if format == "TIFF":
        texts = tiff_texts(common.get("exif", b""))
        return common | {"compression": "tiff_adobe_deflate", "tiffinfo": texts}
    return common | ({"quality": LOSSY_QUALITY, "subsampling": 0} if format == "JPEG" else {})


def without_thumbnails(xmp: bytes) -> bytes:
    """XMP without the small pictures in it, which show what was erased."""
    return _XMP_THUMBNAILS.sub(b"", xmp)


def webp_is_lossless(file: BinaryIO) -> bool:
    """Whether a WebP file holds a lossless picture (RFC 9649): its pixels lie in a chunk named ``VP8L``."""
    file.seek(12)
    while len(header := file.read(8)) == 8:
        if header[:4] in (b"VP8L", b"VP8 "):
            return header[:4] == b"VP8L"
        size = int.from_bytes(header[4:], "little")
        file.seek(size + size % 2, 1)
    return False


def png_bits(file: BinaryIO) -> int:
    """Bits a sample of a PNG file, from its header."""
    file.seek(24)
    return file.read(1)[0]


def _jpeg(image: Image.Image) -> dict[str, Any]:
    """The same quantisation tables and subsampling: the quality is that of the input, and no less."""
    options: dict[str, Any] = {"optimize": True}
    tables = getattr(image, "quantization", None)
    if tables:
        options["qtables"] = list(tables.values())
        sampling = JpegImagePlugin.get_sampling(image)
        if sampling >= 0:
            options["subsampling"] = sampling
    else:
        options |= {"quality": LOSSY_QUALITY, "subsampling": 0}
    if image.info.get("progressive") or image.info.get("progression"):
        options["progressive"] = True
    if image.info.get("comment"):
        options["comment"] = image.info["comment"]
    return options


def _png(image: Image.Image) -> dict[str, Any]:
    options: dict[str, Any] = {}
    texts = PngImagePlugin.PngInfo()
    for key, value in getattr(image, "text", {}).items():
        if key == _XMP_KEY:
            value = without_thumbnails(value.encode()).decode()
        texts.add_itxt(key, value) if not value.isascii() else texts.add_text(key, value)
    if "gamma" in image.info:
        texts.add(b"gAMA", round(image.info["gamma"] * 100_000).to_bytes(4, "big"))
    if "srgb" in image.info:
        texts.add(b"sRGB", bytes([image.info["srgb"]]))
    options["pnginfo"] = texts
    if "transparency" in image.info and image.mode in ("1", "L", "I;16", "RGB", "P"):
        options["transparency"] = image.info["transparency"]
    bits = _png_palette_bits(image)
    return options | ({"bits": bits} if bits else {})


def _png_palette_bits(image: Image.Image) -> int:
    """Bits a pixel of a palette picture, 0 for any other."""
    entries = len(image.getpalette("RGB") or []) // 3 if image.mode == "P" else 0
    return next((bits for bits in (1, 2, 4, 8) if 0 < entries <= 1 << bits), 0)


def _tiff(image: Image.Image) -> dict[str, Any]:
    tags = image.tag_v2  # type: ignore[attr-defined]
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in _TIFF_TEXTS:
        if tag in tags:
            info[tag] = kept_text(tags[tag])
    options: dict[str, Any] = {"tiffinfo": info, "exif": exif_of_tiff(image)}
    compression = image.info.get("compression", "raw")
    if compression == "tiff_jpeg":
        compression = "jpeg"
    if compression != "raw":
        options["compression"] = compression
    if compression in ("jpeg", "webp"):
        options["quality"] = LOSSY_QUALITY
    return options


def _webp(image: Image.Image) -> dict[str, Any]:
    return {"exact": True, "method": 4, "quality": LOSSY_QUALITY}
