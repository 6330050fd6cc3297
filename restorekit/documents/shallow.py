"""Grey of 2 or 4 bits in PNG, which Pillow reads as 8 and does not write."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import Image

from restorekit.documents.deep import png_chunk

SHALLOW_BITS = (2, 4)
_GREY = 0  # colour type; a palette's is 3
_SIGNATURE_BYTES = 8


def write_shallow_png(file: BinaryIO, image: Image.Image, options: dict[str, Any]) -> None:
    """Write a grey picture of ``options["bits"]``: Pillow writes its levels as a palette's, which then goes.

    Args:
        file: where to.
        image: of mode ``'L'``; the nearest of the fewer levels are taken.
        options: those with which Pillow would write it.
    """
    most = (1 << options["bits"]) - 1
    levels = image.point([(level * most + 127) // 255 for level in range(256)])
    indices = Image.frombytes("P", image.size, levels.tobytes())
    indices.putpalette([level * 255 // most for level in range(most + 1) for _ in range(3)])
    buffer = io.BytesIO()
    indices.save(buffer, format="PNG", **{key: options[key] for key in options if key != "transparency"})
    file.write(buffer.getbuffer()[:_SIGNATURE_BYTES])
    for kind, data in _chunks(buffer.getvalue()):
        if kind == b"IHDR":
            data = data[:9] + bytes([_GREY]) + data[10:]
        if kind == b"PLTE" and "transparency" in options:  # one level, in two bytes
            kind, data = b"tRNS", int(options["transparency"]).to_bytes(2, "big")
        if kind != b"PLTE":
            file.write(png_chunk(kind, data))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = _SIGNATURE_BYTES
    while place < len(png):
        end = place + 8 + int.from_bytes(png[place : place + 4], "big")
        yield png[place + 4 : place + 8], png[place + 8 : end]
        place = end + 4  # a checksum
