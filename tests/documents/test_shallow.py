import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.documents.test_pictures import erase


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def grey_png(levels, bits, *more):
    """A PNG file of a row of levels, as RFC 2083 has it."""
    packed = "".join(f"{level:0{bits}b}" for level in levels)
    packed += "0" * (-len(packed) % 8)
    row = bytes(int(packed[place : place + 8], 2) for place in range(0, len(packed), 8))
    header = struct.pack(">IIBBBBB", len(levels), 1, bits, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), *more, (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


@pytest.mark.parametrize(("bits", "nearest"), [(2, 1), (4, 7)])
def test_grey_of_few_bits_keeps_them_and_its_levels(tmp_path, bits, nearest):
    levels = [*range(1 << bits), 0, 1]  # no whole number of bytes
    resolution = (b"pHYs", struct.pack(">IIB", 11811, 11811, 1))
    (tmp_path / "in.png").write_bytes(grey_png(levels, bits, (b"tRNS", b"\0\x01"), resolution))

    def darken(page):
        page = page.copy()
        page[0, -1] = 112
        return page, (np.arange(page.shape[1]) == page.shape[1] - 1)[None] * np.uint8(255)

    target, _ = erase(tmp_path / "in.png", darken, grow_px=0, fade_px=0)
    data = target.read_bytes()
    assert tuple(data[24:26]) == (bits, 0)  # RFC 2083, 4.1.1: bit depth and colour type
    with Image.open(target) as image:
        step = 255 // ((1 << bits) - 1)
        assert np.asarray(image)[0].tolist() == [step * level for level in [*levels[:-1], nearest]]
        assert image.info["transparency"] == 1 and round(image.info["dpi"][0]) == 300
