import io
import struct

import cv2
import numpy as np
import PIL
import pytest
import tifffile
from PIL import ExifTags, Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from restorekit.documents import erase_file, erase_pages
from tests.documents.test_pictures import ICC, erase, read


def test_sixteen_bit_png_keeps_profile_and_resolution(tmp_path, page, restore):
    source = tmp_path / "deep.png"
    encoded = cv2.imencode(".png", page.astype(np.uint16) * 257)[1].tobytes()
    first, _ = (
        tmp_path / "look.png",
        Image.fromarray(page[:2]).save(tmp_path / "look.png", dpi=(300, 300), icc_profile=ICC),
    )
    chunks = first.read_bytes()
    source.write_bytes(encoded[:33] + chunks[33 : chunks.index(b"IDAT") - 4] + encoded[33:])
    target, _ = erase(source, restore)
    assert read(target).info["icc_profile"] == ICC
    assert read(target).info["dpi"] == pytest.approx((300, 300), abs=0.01)


@pytest.mark.parametrize("subsampling, progressive", [(0, False), (2, True)])
def test_a_jpeg_keeps_its_tables_sampling_and_tags(tmp_path, page, restore, subsampling, progressive):
    source = tmp_path / "scan.jpg"
    exif = Image.Exif()
    exif[0x010F] = "Scanner"
    Image.fromarray(page).save(
        source,
        quality=71,
        subsampling=subsampling,
        progressive=progressive,
        dpi=(300, 300),
        icc_profile=ICC,
        exif=exif,
        comment=b"box 7",
    )
    target, _ = erase(source, restore)
    old, new = Image.open(source), Image.open(target)
    assert new.quantization == old.quantization
    assert JpegImagePlugin.get_sampling(new) == JpegImagePlugin.get_sampling(old) == subsampling
    assert bool(new.info.get("progressive")) == progressive
    assert new.getexif()[0x010F] == "Scanner"
    for key in ("dpi", "icc_profile", "comment"):
        assert new.info[key] == old.info[key]


def test_png_texts_and_gamma_stay(tmp_path, page, restore):
    source = tmp_path / "text.png"
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", "Exam")
    texts.add(b"gAMA", (45455).to_bytes(4, "big"))
    Image.fromarray(page).save(source, pnginfo=texts)
    target, _ = erase(source, restore)
    assert read(target).text == {"Title": "Exam"} and read(target).info["gamma"] == pytest.approx(0.45455)


def test_the_small_picture_in_the_exif_goes_and_the_rest_of_it_stays(tmp_path, page, restore):
    exif = Image.Exif()
    exif[271] = "Camera"
    plain = exif.tobytes()[6:]
    thumbnail = io.BytesIO()
    Image.fromarray(page).resize((16, 16)).save(thumbnail, "JPEG")
    at = len(plain)
    tags = [(0x103, 3, b"\0\6\0\0"), (0x201, 4, struct.pack(">I", at + 42)), (0x202, 4, b"\0\0\2\0")]
    second = struct.pack(">H", 3) + b"".join(struct.pack(">HHI", tag, kind, 1) + v for tag, kind, v in tags)
    data = plain[:22] + struct.pack(">I", at) + plain[26:] + second + bytes(4) + thumbnail.getvalue()
    source = tmp_path / "photo.jpg"
    Image.fromarray(page).save(source, exif=b"Exif\0\0" + data)
    assert thumbnail.getvalue()[:100] in source.read_bytes()
    assert read(source).getexif().get_ifd(ExifTags.IFD.IFD1)
    target, _ = erase(source, restore)
    assert thumbnail.getvalue()[:100] not in target.read_bytes()
    assert read(target).getexif()[271] == "Camera"
    assert not read(target).getexif().get_ifd(ExifTags.IFD.IFD1)


def test_a_profile_for_cmyk_does_not_go_into_a_picture_in_rgb(tmp_path, page, restore):
    profile = ICC[:16] + b"CMYK" + ICC[20:]
    source, target = tmp_path / "a.jpg", tmp_path / "a.png"
    Image.fromarray(page).convert("CMYK").save(source, icc_profile=profile)
    erase_file(restore, source, target)
    assert read(target).mode == "RGB" and "icc_profile" not in read(target).info
    Image.fromarray(page).save(source, icc_profile=ICC)
    erase_file(restore, source, target)
    assert read(target).info["icc_profile"] == ICC


@pytest.mark.parametrize("suffix", [".tif", ".png"])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_a_tiff_without_resolution_gets_none(tmp_path, page, restore, depth, suffix):
    source, target = tmp_path / "in.tif", tmp_path / f"out{suffix}"
    cv2.imwrite(str(source), page.astype(depth))  # OpenCV writes no tags of resolution
    erase_file(restore, source, target)
    if suffix == ".png":
        assert "dpi" not in read(target).info
    else:
        tags = read(target).tag_v2
        assert tags.get(282, 1) == 1 and (depth == np.uint16 or 282 not in tags)
        assert tags.get(296, 1) == 1  # no unit: no resolution


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("container", ["jpg", "pdf"])
def test_grain_at_the_best_quality_is_more_than_pillow_guesses(tmp_path, monkeypatch, progressive, container):
    grain = np.random.default_rng(0).integers(0, 256, (320, 240, 3), np.uint8)
    source, target = tmp_path / f"in.{container}", tmp_path / f"out.{container}"
    with monkeypatch.context() as patch:
        patch.setattr(ImageFile, "MAXBLOCK", 1 << 22)
        Image.fromarray(grain).save(source, quality=100, subsampling=0, progressive=progressive)
    erase_file(lambda array: (array.copy(), None), source, target)
    (page,) = erase_pages(lambda array: (array, None), target)
    assert np.abs(page.before.astype(int) - grain).max() <= 6


CONVERSIONS = [("jpg", "png"), ("jpg", "webp"), ("png", "jpg"), ("png", "webp")]
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6" b="嫦"/></x:xmpmeta>'
UPRIGHT_XMP = XMP.replace(' tiff:Orientation="6"', "")


@pytest.mark.parametrize("old, new", [*CONVERSIONS, ("jpg", "tif"), ("tif", "tif"), ("tif", "jpg")])
@pytest.mark.parametrize("orientation", [1, 6])
def test_exif_goes_along_to_another_format_without_the_orientation_that_is_applied(
    tmp_path, page, restore, old, new, orientation
):
    source, target = tmp_path / f"in.{old}", tmp_path / f"out.{new}"
    exif = Image.Exif()
    exif[271], exif[274] = "Scanner", orientation
    exif[ExifTags.IFD.Exif] = {0x9003: "2026:01:02 03:04:05", 0x829A: 0.25}
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (50.0, 30.0, 0.5)}
    Image.fromarray(page).save(source, exif=exif.tobytes())
    erase_file(restore, source, target)
    with Image.open(target) as image:
        assert image.size == ((80, 96) if orientation == 1 else (96, 80))
        tags = image.getexif()
        assert tags[271] == "Scanner" and 274 not in tags
        assert tags.get_ifd(ExifTags.IFD.Exif) == {0x9003: "2026:01:02 03:04:05", 0x829A: 0.25}
        assert tags.get_ifd(ExifTags.IFD.GPSInfo) == {1: "N", 2: (50.0, 30.0, 0.5)}
        after = np.asarray(image.convert("RGB"))
    assert np.array_equal(cv2.imread(str(target), cv2.IMREAD_COLOR_RGB), after)  # and the file is whole


@pytest.mark.parametrize("old, new", [("tif", "tif"), ("tif", "png"), ("jpg", "png"), ("jpg", "tif")])
def test_texts_in_any_alphabet_stay(tmp_path, page, restore, old, new):
    source, target = tmp_path / f"in.{old}", tmp_path / f"out.{new}"
    text, exif = "Prüfung 嫦".encode(), Image.Exif()
    exif[270], exif[274] = text, 3
    Image.fromarray(page).save(source, exif=exif, **({"compression": "tiff_lzw"} if old == "tif" else {}))
    erase_file(restore, source, target)
    assert read(target).getexif()[270].encode("latin-1") == text


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("new", ["jpg", "png", "tif"])
@pytest.mark.parametrize("place, byte", [(0, 7), (9, 9), (20, 255), (45, 3), (60, 200)])
def test_no_page_is_lost_for_damaged_exif(tmp_path, page, restore, new, place, byte):
    source, target = tmp_path / "in.jpg", tmp_path / f"out.{new}"
    exif = Image.Exif()
    exif[271], exif[274] = "Scanner", 1
    exif[ExifTags.IFD.Exif] = {0x9003: "2026:01:02 03:04:05"}
    data = bytearray(exif.tobytes())
    data[6 + place] = byte
    Image.fromarray(page).save(source, exif=bytes(data))
    erase_file(restore, source, target)
    assert read(target).size == (80, 96)


tells_xmp = pytest.mark.skipif(int(PIL.__version__.split(".")[0]) < 12, reason="earlier Pillow tells no XMP")


def save_with_xmp(page, source, xmp):
    """Each format keeps it in a place of its own."""
    texts, tags = PngImagePlugin.PngInfo(), TiffImagePlugin.ImageFileDirectory_v2()
    texts.add_itxt("XML:com.adobe.xmp", xmp)
    tags[700] = xmp.encode()
    own = {".png": {"pnginfo": texts}, ".tif": {"tiffinfo": tags}}
    Image.fromarray(page).save(source, **own.get(source.suffix, {"xmp": xmp.encode()}))


@tells_xmp
@pytest.mark.parametrize("old, new", [*CONVERSIONS, ("jpg", "tif"), ("tif", "jpg"), ("tif", "png")])
def test_xmp_goes_along_to_another_format(tmp_path, page, restore, old, new):
    source, target = tmp_path / f"in.{old}", tmp_path / f"out.{new}"
    save_with_xmp(page, source, XMP)
    erase_file(restore, source, target)
    assert read(target).info["xmp"].decode().replace("  ", " ") == UPRIGHT_XMP


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}, {"compression": "jpeg"}])
@pytest.mark.parametrize("pages", [1, 2])
def test_xmp_stays_in_a_tiff_but_for_the_orientation_that_is_applied(tmp_path, page, restore, options, pages):
    source, tags = tmp_path / "in.tif", TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = XMP.encode()
    picture = Image.fromarray(page)
    picture.save(source, tiffinfo=tags, save_all=True, append_images=[picture] * (pages - 1), **options)
    target, _ = erase(source, restore)
    with Image.open(target) as image:
        assert image.n_frames == pages
        for number in range(pages):
            image.seek(number)
            assert image.tag_v2[700].decode().replace("  ", " ") == UPRIGHT_XMP


def test_xmp_stays_in_a_tiff_of_sixteen_bits(tmp_path, page, restore):
    source = tmp_path / "in.tif"
    xmp = XMP.encode()
    tifffile.imwrite(
        source,
        page.astype(np.uint16) * 257,
        photometric="rgb",
        metadata=None,
        extratags=[(700, 1, len(xmp), xmp, True)],
    )
    target, _ = erase(source, restore)
    with tifffile.TiffFile(target) as tiff:
        assert tiff.pages[0].tags[700].value.decode() == UPRIGHT_XMP


def test_a_jpeg_without_resolution_gets_none(tmp_path, page, restore):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "camera"
    Image.fromarray(page).save(tmp_path / "page.jpg", exif=exif)
    target, _ = erase(tmp_path / "page.jpg", restore)
    assert read(target).info["jfif_unit"] == 0 and read(target).getexif()[ExifTags.Base.Make] == "camera"
    exif[ExifTags.Base.XResolution], exif[ExifTags.Base.ResolutionUnit] = 300.0, 2
    Image.fromarray(page).save(tmp_path / "page.jpg", exif=exif)
    assert read(erase(tmp_path / "page.jpg", restore)[0]).info["dpi"] == (300, 300)


@pytest.mark.parametrize("dpi", [None, (300, 200)])
@pytest.mark.parametrize("suffix", ["bmp", "jpg"])
def test_a_bmp_has_the_resolution_of_its_source_and_none_where_that_has_none(
    tmp_path, page, restore, suffix, dpi
):
    source, target = tmp_path / f"in.{suffix}", tmp_path / "out.bmp"
    Image.fromarray(page).save(source, dpi=dpi or (0, 0))
    erase_file(restore, source, target)
    assert read(target).info.get("dpi") == (pytest.approx(dpi, abs=0.01) if dpi else None)


def test_what_a_jpeg_cannot_hold_of_another_format_goes(tmp_path, page, restore):
    source, target = tmp_path / "in.png", tmp_path / "out.jpg"
    exif = Image.Exif()
    exif[271] = "x" * 70_000
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "x" * 70_000)
    Image.fromarray(page).save(source, exif=exif, pnginfo=texts)
    erase_file(restore, source, target)
    assert not {"exif", "xmp"} & set(read(target).info)


@tells_xmp
@pytest.mark.parametrize(
    "old, new", [("png", "png"), ("jpg", "jpg"), ("webp", "webp"), ("tif", "tif"), ("png", "jpg")]
)
def test_a_small_picture_in_xmp_goes_for_it_shows_the_ink(tmp_path, page, restore, old, new):
    small = "<xmp:Thumbnails><rdf:Alt>\n<xmpGImg:image>/9j/4AAQ</xmpGImg:image></rdf:Alt></xmp:Thumbnails>"
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a b="嫦"/>{small}</x:xmpmeta>'
    source, target = tmp_path / f"in.{old}", tmp_path / f"out.{new}"
    save_with_xmp(page, source, xmp)
    erase_file(restore, source, target)
    assert read(target).info["xmp"].decode() == xmp.replace(small, "")
