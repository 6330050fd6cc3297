import io
import struct

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

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
    assert after[:8].mean() < 30
    assert np.abs(after[16:].astype(int) - shown[16:]).mean() < 2  # not mirrored either


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


@pytest.mark.parametrize("code, codec", [(50001, "webp"), (34925, "lzma")])
def test_a_codec_that_libtiff_lacks_is_told_from_damage(tmp_path, page, restore, code, codec):
    try:
        encoded(page, "TIFF", compression=codec)
        words = r"a.tif is truncated or damaged \(.*copy or scan it again"
    except OSError:
        words = (
            f"a.tif: pixels compressed by {codec} cannot be decoded here; save it as .* without compression"
        )
    uncompressed, compressed = (struct.pack("<HHLL", 259, 3, 1, kind) for kind in (1, code))
    data = encoded(page, "TIFF")
    assert data.count(uncompressed) == 1
    (tmp_path / "a.tif").write_bytes(data.replace(uncompressed, compressed))
    with pytest.raises(ValueError, match=words):
        erase(tmp_path / "a.tif", restore)


def test_a_picture_over_the_limit_is_refused_before_it_is_decoded(tmp_path, restore):
    source = tmp_path / "bomb.png"
    Image.new("1", (20000, 20000)).save(source)
    with pytest.raises(
        ValueError, match=r"bomb.png has 400 megapixels, over the limit of 100; .*raise max_megapixels"
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
