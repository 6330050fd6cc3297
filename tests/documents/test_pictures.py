import io
import struct

import cv2
import numpy as np
import PIL
import pytest
from PIL import ExifTags, Image, ImageCms, JpegImagePlugin, PngImagePlugin

from restorekit.documents import EraseOptions, erase_file, erase_pages, open_document

ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LOSSLESS = {
    "rgb.png": ("RGB", {"dpi": (300, 300), "icc_profile": ICC}),
    "grey.png": ("L", {}),
    "alpha.png": ("RGBA", {}),
    "grey_alpha.png": ("LA", {}),
    "bilevel.png": ("1", {}),
    "lzw.tif": ("RGB", {"compression": "tiff_lzw", "dpi": (300, 300), "icc_profile": ICC}),
    "fax.tiff": ("1", {"compression": "group4", "dpi": (204, 204)}),
    "cmyk.tif": ("CMYK", {}),
    "rgb.bmp": ("RGB", {"dpi": (96, 96)}),
    "lossless.webp": ("RGB", {"lossless": True, "icc_profile": ICC}),
    "alpha.webp": ("RGBA", {"lossless": True, "exact": True}),
}


def erase(source, restore, **options):
    target = source.with_name("out" + source.suffix)
    summaries = erase_file(restore, source, target, EraseOptions(**options))
    return target, summaries


def read(path):
    with Image.open(path) as image:
        image.load()
        return image


def far_from_ink(page, restore, reach=6):
    mask = cv2.dilate(restore(page)[1], np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    return mask == 0


def test_black_ink_darkens_all_channels_of_a_cmyk_page(tmp_path):
    inks = np.array([[[51, 102, 0, 128], [0, 0, 0, 0], [0, 0, 0, 255]]], np.uint8)
    Image.frombytes("CMYK", (3, 1), inks.tobytes()).save(tmp_path / "a.tif")
    (page,) = erase_pages(lambda array: (array, None), tmp_path / "a.tif")
    assert page.before.tolist() == [[[101, 76, 127], [255, 255, 255], [0, 0, 0]]]


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_picture_comes_back_as_it_was_outside_the_ink(tmp_path, page, restore, name):
    mode, options = LOSSLESS[name]
    source = tmp_path / name
    Image.fromarray(page).convert(mode).save(source, **options)
    target, (summary,) = erase(source, restore)
    old, new = read(source), read(target)
    assert (new.format, new.mode, new.size) == (old.format, old.mode, old.size)
    for key in ("dpi", "icc_profile", "compression"):
        assert new.info.get(key) == old.info.get(key)
    outside = far_from_ink(page, restore)
    assert np.array_equal(np.asarray(new)[outside], np.asarray(old)[outside])
    has_colour = mode not in ("L", "LA", "1")
    assert (summary.changed > 0) == has_colour
    assert has_colour != np.array_equal(np.asarray(new), np.asarray(old))


def test_a_palette_stays_and_so_do_its_indices(tmp_path, page, restore):
    source = tmp_path / "palette.png"
    Image.fromarray(page).quantize(16).save(source, transparency=3)
    target, (summary,) = erase(source, restore)
    old, new = read(source), read(target)
    assert new.mode == "P" and new.getpalette() == old.getpalette() and summary.changed > 0
    assert new.info["transparency"] == old.info["transparency"]
    same = np.asarray(new) == np.asarray(old)
    assert same[far_from_ink(page, restore)].all() and not same.all()


def test_a_pixel_takes_no_colour_that_the_palette_lacks(tmp_path):
    source = tmp_path / "four.png"
    image = Image.new("P", (9, 1))
    image.putpalette([255, 255, 255, 90, 60, 160, 200, 200, 200, 230, 220, 210])
    image.save(source, bits=2, transparency=2)
    dark = np.full((1, 9, 4), (20, 20, 20, 255), np.uint8)  # nearest to the second entry
    target, _ = erase(source, lambda _: (dark.copy(), np.full((1, 9), 255, np.uint8)))
    assert np.asarray(read(target)).tolist() == [[1] * 9]


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_sixteen_bits_stay(tmp_path, page, restore, suffix, channels):
    deep = page.astype(np.uint16) * 257 + 3
    deep = deep[..., 0] if channels == 1 else deep
    deep = np.dstack([deep, np.full(page.shape[:2], 54321, np.uint16)]) if channels == 4 else deep
    source = tmp_path / f"deep{suffix}"
    order = {1: None, 3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}[channels]
    cv2.imwrite(str(source), deep if order is None else cv2.cvtColor(deep, order))
    target, _ = erase(source, restore)
    old, new = (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) for path in (source, target))
    assert new.dtype == np.uint16 and new.shape == old.shape
    outside = far_from_ink(page, restore)
    assert np.array_equal(new[outside], old[outside])
    assert np.array_equal(new, old) == (channels == 1)


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


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_the_network_sees_the_page_upright_and_the_file_keeps_its_orientation(
    tmp_path, page, orientation, suffix
):
    source = tmp_path / f"turned{suffix}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"quality": 95} if suffix == ".jpg" else {"lossless": True} if suffix == ".webp" else {}
    Image.fromarray(page).save(source, exif=exif, **options)
    seen = []

    def restore(array):
        seen.append(array)
        after = array.copy()
        after[:10] = 0  # the upper edge, as it is shown
        return after, None

    target, _ = erase(source, restore, full=True)
    from PIL import ImageOps

    shown = np.asarray(ImageOps.exif_transpose(Image.open(source)))
    assert np.array_equal(seen[0], shown)
    with Image.open(target) as image:
        assert image.size == Image.open(source).size and image.getexif()[0x0112] == orientation
        after = np.asarray(ImageOps.exif_transpose(image))
    assert after[:8].mean() < 30 and after[16:].mean() > 180


def test_png_texts_and_gamma_stay(tmp_path, page, restore):
    source = tmp_path / "text.png"
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", "Exam")
    texts.add(b"gAMA", (45455).to_bytes(4, "big"))
    Image.fromarray(page).save(source, pnginfo=texts)
    target, _ = erase(source, restore)
    assert read(target).text == {"Title": "Exam"} and read(target).info["gamma"] == pytest.approx(0.45455)


def test_a_tiff_of_many_kinds_of_pages(tmp_path, page, make_page, restore):
    pages = [
        Image.fromarray(page),
        Image.fromarray(make_page(60, 90, seed=1)).convert("L"),
        Image.fromarray(make_page(70, 50, seed=2)).convert("1"),
        Image.fromarray(make_page(50, 50, seed=3)),
    ]
    source = tmp_path / "many.tif"
    pages[0].save(source, save_all=True, append_images=pages[1:], compression="tiff_adobe_deflate")
    target, summaries = erase(source, restore)
    assert [summary.number for summary in summaries] == [1, 2, 3, 4]
    with Image.open(source) as old, Image.open(target) as new:
        assert new.n_frames == 4
        for number in range(4):
            old.seek(number), new.seek(number)
            assert (new.mode, new.size) == (old.mode, old.size)
            assert new.info["compression"] == "tiff_adobe_deflate"
            assert np.array_equal(np.asarray(new), np.asarray(old)) == (number in (1, 2))


def test_a_damaged_page_of_a_tiff_stops_no_other(tmp_path, page, restore):
    source = tmp_path / "many.tif"
    pages = [Image.fromarray(page)] * 3
    pages[0].save(source, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    with Image.open(source) as image:
        image.seek(1)
        offset, length = image.tag_v2[273][0], image.tag_v2[279][0]
    data = bytearray(source.read_bytes())
    data[offset : offset + length] = b"\xff" * length
    source.write_bytes(data)
    target, summaries = erase(source, restore)
    assert [bool(summary.error) for summary in summaries] == [False, True, False]
    assert "page 2" in summaries[1].error and "many.tif" in summaries[1].error
    with Image.open(target) as image:
        assert image.n_frames == 3
        image.seek(1)
        assert image.size == (80, 96) and np.asarray(image).min() == 255


def test_a_tiff_is_not_replaced_where_a_page_of_it_would_be_lost(tmp_path, page, restore):
    source = tmp_path / "many.tif"
    large = Image.fromarray(np.concatenate([page, page]))
    Image.fromarray(page).save(source, save_all=True, append_images=[large])
    before = source.read_bytes()
    with pytest.raises(
        ValueError, match="page 2 has .* the file stays as it is, for this page would be lost"
    ):
        erase_file(restore, source, source, EraseOptions(max_megapixels=0.01))
    assert source.read_bytes() == before


def test_a_page_of_a_tiff_whose_restoration_fails_comes_out_as_it_was(tmp_path, page, restore):
    source = tmp_path / "many.tif"
    Image.fromarray(page).save(source, save_all=True, append_images=[Image.fromarray(page)])
    calls = []

    def once(array):
        calls.append(array)
        if len(calls) == 2:
            raise MemoryError("no room")
        return restore(array)

    summaries = erase_file(once, source, source)
    assert [summary.error for summary in summaries] == ["", "no room"]
    with Image.open(source) as image:
        assert not np.array_equal(np.asarray(image), page)
        image.seek(1)
        assert np.array_equal(np.asarray(image), page)


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


@pytest.mark.parametrize("name", ["out.gif", "results.v2"])
def test_a_suffix_of_no_format_is_refused(scan, restore, name):
    with pytest.raises(ValueError, match=r"no format has the suffix .*expected \.jpg, .* a / after a folder"):
        erase_file(restore, scan, scan.with_name(name))
    assert not scan.with_name(name).exists()
    same = scan.rename(scan.with_name("scan.v2"))
    erase_file(restore, same, scan.with_name("out.v2"))
    assert read(scan.with_name("out.v2")).format == "PNG"


@pytest.mark.parametrize(
    "name, suffix, works",
    [
        ("a.jpg", ".png", True),
        ("a.png", ".webp", True),
        ("a.bmp", ".tif", True),
        ("a.png", ".pdf", False),
    ],
)
def test_another_picture_format_is_written_where_the_output_says_so(
    tmp_path, page, restore, name, suffix, works
):
    source, target = tmp_path / name, tmp_path / f"out{suffix}"
    Image.fromarray(page).save(source)
    if not works:
        with pytest.raises(ValueError, match="cannot be written as PDF"):
            erase_file(restore, source, target)
        assert not target.exists()
        return
    erase_file(restore, source, target)
    outside = far_from_ink(np.asarray(read(source)), restore)
    assert np.array_equal(np.asarray(read(target))[outside], np.asarray(read(source))[outside])


def test_transparency_is_not_lost_to_a_jpeg(tmp_path, page, restore):
    source = tmp_path / "a.png"
    Image.fromarray(page).convert("RGBA").save(source)
    with pytest.raises(
        ValueError, match=r"a.png has transparency, which JPEG cannot hold; name the output .png"
    ):
        erase_file(restore, source, tmp_path / "a.jpg")


def encoded(page, format, **options):
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, format=format, **options)
    return buffer.getvalue()


def bad_files(page):
    png, jpeg = encoded(page, "PNG"), encoded(page, "JPEG")
    frames = [Image.fromarray(page), Image.fromarray(255 - page)]
    animation = io.BytesIO()
    frames[0].save(animation, format="WEBP", save_all=True, append_images=frames[1:])
    floats = io.BytesIO()
    Image.fromarray(page[..., 0].astype(np.float32)).save(floats, format="TIFF")
    return {
        "empty.png": (b"", "is empty (0 bytes)"),
        "short.png": (png[:20], "is truncated or damaged"),
        "half.png": (png[: len(png) // 2], "is truncated or damaged"),
        "half.jpg": (jpeg[: len(jpeg) // 2], "is truncated or damaged"),
        "text.jpg": (b"not a picture at all", "is no picture: JPEG, PNG, TIFF, WebP, BMP or PDF is expected"),
        "moving.webp": (animation.getvalue(), "is an animation of 2 pictures"),
        "photo.heic.jpg": (b"\0\0\0\x18ftypheic" + bytes(40), "a GIF, HEIC or AVIF"),
        "floats.tif": (floats.getvalue(), "pixels stored as 'F' are not supported"),
        "broken.pdf": (b"%PDF-1.7\nnothing", "is truncated or damaged"),
    }


@pytest.mark.parametrize("name", bad_files(np.zeros((8, 8, 3), np.uint8)))
def test_bad_files_end_in_a_line_that_names_them(tmp_path, page, restore, name):
    data, words = bad_files(page)[name]
    source = tmp_path / name
    source.write_bytes(data)
    with pytest.raises(ValueError) as caught:
        erase(source, restore)
    message = str(caught.value)
    assert words in message and name in message and ";" in message and "\n" not in message
    assert list(tmp_path.iterdir()) == [source]


def test_a_picture_over_the_limit_is_refused_before_it_is_decoded(tmp_path, restore):
    source = tmp_path / "bomb.png"
    Image.new("1", (20000, 20000)).save(source)
    with pytest.raises(
        ValueError, match=r"bomb.png has 400 megapixels, over the limit of 100; .*--max-megapixels"
    ):
        erase(source, restore, max_megapixels=100)


def test_pages_are_arrays_too(scan, page, restore):
    (erased,) = erase_pages(restore, scan)
    assert np.array_equal(erased.before, page) and erased.number == 1
    assert np.array_equal(erased.mask, restore(page)[1])


def test_sizes_are_known_from_the_header(tmp_path, page):
    exif = Image.Exif()
    exif[0x0112] = 6
    source = tmp_path / "turned.jpg"
    Image.fromarray(page).save(source, exif=exif)
    document = open_document(source, name="turned", options=EraseOptions())
    assert document.size(1) == (80, 96) == document.read(1).array.shape[:2]


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


CONVERSIONS = [("jpg", "png"), ("jpg", "webp"), ("png", "jpg"), ("png", "webp")]
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6" b="嫦"/></x:xmpmeta>'


@pytest.mark.parametrize("old, new", CONVERSIONS)
@pytest.mark.parametrize("orientation", [1, 6])
def test_exif_goes_along_to_another_format_without_the_orientation_that_is_applied(
    tmp_path, page, restore, old, new, orientation
):
    source, target = tmp_path / f"in.{old}", tmp_path / f"out.{new}"
    exif = Image.Exif()
    exif[271], exif[274] = "Scanner", orientation
    exif[ExifTags.IFD.Exif] = {0x9003: "2026:01:02 03:04:05"}
    Image.fromarray(page).save(source, exif=exif)
    erase_file(restore, source, target)
    with Image.open(target) as image:
        assert image.size == ((80, 96) if orientation == 1 else (96, 80))
        tags = image.getexif()
        assert tags[271] == "Scanner" and 274 not in tags
        assert tags.get_ifd(ExifTags.IFD.Exif)[0x9003] == "2026:01:02 03:04:05"


@pytest.mark.skipif(int(PIL.__version__.split(".")[0]) < 12, reason="earlier Pillow tells no XMP")
@pytest.mark.parametrize("old, new", CONVERSIONS)
def test_xmp_goes_along_to_another_format(tmp_path, page, restore, old, new):
    source, target = tmp_path / f"in.{old}", tmp_path / f"out.{new}"
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", XMP)
    Image.fromarray(page).save(source, **({"pnginfo": texts} if old == "png" else {"xmp": XMP.encode()}))
    erase_file(restore, source, target)
    assert read(target).info["xmp"].decode() == XMP.replace(' tiff:Orientation="6"', "")


def test_what_a_jpeg_cannot_hold_of_another_format_goes(tmp_path, page, restore):
    source, target = tmp_path / "in.png", tmp_path / "out.jpg"
    exif = Image.Exif()
    exif[271] = "x" * 70_000
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "x" * 70_000)
    Image.fromarray(page).save(source, exif=exif, pnginfo=texts)
    erase_file(restore, source, target)
    assert not {"exif", "xmp"} & set(read(target).info)
