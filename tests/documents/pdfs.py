"""PDF files of made scans, as tests draw them and look at them."""

import io
import zlib

import numpy as np
import pikepdf
from PIL import Image

from restorekit.documents import EraseOptions, open_document

WIDTH, HEIGHT = 80, 96  # px of the picture; at 100 dpi
POINTS = (WIDTH * 0.72, HEIGHT * 0.72)


def add_page(pdf, content, size=POINTS, **resources):
    page = pdf.add_blank_page(page_size=size)
    page.obj["/Resources"] = pikepdf.Dictionary(
        {f"/{key}": pikepdf.Dictionary({"/N": value}) for key, value in resources.items()}
    )
    page.obj["/Contents"] = pdf.make_stream(content)
    return page


def add_scan(pdf, array, *, jpeg=False, lying=False, dpi=100, below_px=0):
    image = Image.fromarray(np.rot90(array) if lying else array)
    settings = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": image.width,
        "/Height": image.height,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode if jpeg else pikepdf.Name.FlateDecode,
    }
    buffer = io.BytesIO()
    image.save(buffer, format="JPEG", quality=80, subsampling=0)
    data = buffer.getvalue() if jpeg else zlib.compress(image.tobytes())
    picture = pdf.make_stream(data, settings)
    width, height, below = (px * 72 / dpi for px in (WIDTH, HEIGHT, below_px))
    content = b"q %f 0 0 %f 0 %f cm /N Do Q" % (width, height, below)
    return add_page(pdf, content, (width, height + below), XObject=picture)


def add_text(pdf):
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    return add_page(pdf, b"1 0 0 rg BT /N 9 Tf 4 40 Td (Red text) Tj ET", Font=font)


def save(pdf, path, **options):
    pdf.save(path, **options)
    return path


def render(path, number):
    """RGB at the resolution of the scans, to the pixel."""
    document = open_document(path, name="", options=EraseOptions(pdf_mode="all", dpi=100))
    array = document.read(number).array
    document.close()
    return array if array.ndim == 3 else np.repeat(array[..., None], 3, axis=2)


def pictures(path, number):
    with pikepdf.open(path) as pdf:
        return [
            (int(image.Width), int(image.Height), str(image.Filter))
            for _, image in pdf.pages[number - 1].Resources.XObject.items()
        ]
