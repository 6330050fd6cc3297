import struct

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from restorekit.documents import erase_file, erase_pages


def nothing(array):
    return array.copy(), np.zeros(array.shape[:2], np.uint8)


@pytest.fixture
def deep(page):
    return page.astype(np.uint16) * 257 + 3


def erased(source, suffix=".tif"):
    """What the network saw, and the pixels of the file that came out."""
    target = source.with_name(f"out{suffix}")
    erase_file(nothing, source, target)
    (before,) = (page.before for page in erase_pages(nothing, source))
    if suffix == ".tif":
        return before, tifffile.imread(target)
    array = cv2.imread(str(target), cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION)
    return before, cv2.cvtColor(array, cv2.COLOR_BGRA2RGBA if array.shape[2] == 4 else cv2.COLOR_BGR2RGB)


@pytest.mark.parametrize("compression, predictor", [(None, None), ("zlib", None), ("zlib", 2)])
@pytest.mark.parametrize("byteorder", "<>")
@pytest.mark.parametrize("planes", [False, True])
def test_pixels_of_a_tiff_are_right_together_and_in_planes(
    tmp_path, deep, compression, predictor, byteorder, planes
):
    source = tmp_path / "in.tif"
    tifffile.imwrite(
        source,
        np.moveaxis(deep, -1, 0) if planes else deep,
        photometric="rgb",
        planarconfig="separate" if planes else "contig",
        compression=compression,
        predictor=predictor,
        byteorder=byteorder,
        rowsperstrip=16,
    )
    before, after = erased(source)
    assert np.array_equal(before, deep) and np.array_equal(after, deep)


def test_grey_that_counts_from_white_is_no_negative(tmp_path, deep):
    source, grey = tmp_path / "in.tif", deep[..., 0]
    tifffile.imwrite(source, 65535 - grey, photometric="miniswhite")
    before, after = erased(source)
    assert np.array_equal(before, grey) and np.array_equal(after, grey)
    with Image.open(source.with_name("out.tif")) as image:
        assert image.tag_v2[262] == 1  # 0 is black


def test_twelve_bits_of_grey_become_sixteen(tmp_path):
    source, packed = tmp_path / "in.tif", bytes([0xFF, 0xF0, 0x00, 0x80, 0x11, 0x23])
    tags = (
        (256, 4),
        (257, 1),
        (258, 12),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, 1),
        (279, len(packed)),
    )
    entries = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
    head = b"II*\0" + struct.pack("<L", 8 + len(packed))
    source.write_bytes(head + packed + struct.pack("<H", len(tags)) + entries + bytes(4))
    before, after = erased(source)
    assert before.tolist() == after.tolist() == [[0xFFFF, 0x0000, 0x8018, 0x1231]]


def test_tiles_are_read(tmp_path, deep):
    source = tmp_path / "in.tif"
    tifffile.imwrite(source, deep, photometric="rgb", tile=(32, 32), compression="zlib")
    before, after = erased(source)
    assert np.array_equal(before, deep) and np.array_equal(after, deep)


@pytest.mark.parametrize("codec", [1, 5, 8, 32773, 32946])
def test_every_usual_compression_of_a_tiff_is_read(tmp_path, deep, codec):
    source = tmp_path / "in.tif"
    options = [cv2.IMWRITE_TIFF_COMPRESSION, codec]
    cv2.imwrite(str(source), cv2.cvtColor(deep, cv2.COLOR_RGB2BGR), options)
    before, after = erased(source)
    assert np.array_equal(before, deep) and np.array_equal(after, deep)


def test_each_page_of_a_tiff_in_planes_is_its_own(tmp_path, deep):
    source = tmp_path / "in.tif"
    pages = [deep, deep[::-1]]
    with tifffile.TiffWriter(source) as writer:
        for array in pages:
            writer.write(np.moveaxis(array, -1, 0), photometric="rgb", planarconfig="separate")
    seen = [page.before for page in erase_pages(nothing, source)]
    assert len(seen) == 2 and all(map(np.array_equal, seen, pages))


@pytest.mark.parametrize(
    "channels, options, words",
    [
        (4, {"photometric": "separated"}, "16-bit pixels stored as SEPARATED uint16 are not supported; save"),
        (
            2,
            {"photometric": "minisblack", "extrasamples": [2]},
            "2 x 16 bits of MINISBLACK are not supported; save",
        ),
    ],
)
def test_colours_that_are_not_read_are_named(tmp_path, deep, capfd, channels, options, words):
    source = tmp_path / "in.tif"
    tifffile.imwrite(source, np.dstack([deep, deep])[..., :channels], planarconfig="contig", **options)
    with pytest.raises(ValueError, match=words) as caught:
        erased(source)
    assert str(caught.value).startswith(str(source)) and capfd.readouterr() == ("", "")


def test_planes_in_a_compression_that_is_not_read_are_refused(tmp_path, deep):
    source = tmp_path / "in.tif"
    planes = np.moveaxis(deep, -1, 0)
    tifffile.imwrite(source, planes, photometric="rgb", planarconfig="separate", compression="zlib")
    with tifffile.TiffFile(source, mode="r+") as tiff:
        tiff.pages[0].tags["Compression"].overwrite(5)
    with pytest.raises(ValueError, match="planes compressed by LZW are not supported; save it as RGB"):
        erased(source)


def test_a_compression_that_nothing_here_reads_is_named(tmp_path, deep):
    source = tmp_path / "in.tif"
    tifffile.imwrite(source, (deep >> 8).astype(np.uint8), photometric="rgb", compression="zlib")
    with tifffile.TiffFile(source, mode="r+") as tiff:
        tiff.pages[0].tags["Compression"].overwrite(34712)
    words = "pixels of 3 x 8 bits of RGB compressed by JPEG2000 are not supported; save it as .* without comp"
    with pytest.raises(ValueError, match=words):
        erased(source)


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_half_a_tiff_is_told_to_be_damaged(tmp_path, deep, compression):
    source = tmp_path / "in.tif"
    tifffile.imwrite(source, deep, photometric="rgb", compression=compression)
    data = source.read_bytes()
    source.write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match=r"in.tif is truncated or damaged \(.*\); copy or scan it again"):
        erased(source)


def test_alpha_that_is_multiplied_in_is_divided_out(tmp_path, deep):
    source = tmp_path / "in.tif"
    alpha = np.full(deep.shape[:2], 30000, np.uint16)
    alpha[:9], alpha[9:12] = 65535, 0
    straight = deep // 3
    mixed = np.rint(straight * (alpha[..., None] / 65535)).astype(np.uint16)
    tifffile.imwrite(source, np.dstack([mixed, alpha]), photometric="rgb", extrasamples=["assocalpha"])
    before, after = erased(source)
    assert np.array_equal(after, before) and np.array_equal(after[..., 3], alpha)
    assert np.array_equal(after[:9, :, :3], straight[:9]) and not after[9:12, :, :3].any()
    exact = np.rint(mixed[12:].astype(float) * 65535 / 30000)
    assert np.array_equal(after[12:, :, :3], exact)
    assert np.abs(after[12:, :, :3].astype(int) - straight[12:]).max() <= 2
    with tifffile.TiffFile(source.with_name("out.tif")) as tiff:
        assert tiff.pages[0].extrasamples == (2,)


def test_a_fourth_channel_that_is_no_alpha_goes_as_it_does_with_8_bits(tmp_path, deep):
    source = tmp_path / "in.tif"
    tifffile.imwrite(source, np.dstack([deep, deep[..., :1]]), photometric="rgb", extrasamples=[0])
    before, after = erased(source)
    assert np.array_equal(before, deep) and np.array_equal(after, deep)


def with_tag(path, tag):
    """The TIFF file with one tag more, its data as they are."""
    with tifffile.TiffFile(path) as tiff:
        page = tiff.pages[0]
        strips = [
            path.read_bytes()[start : start + length]
            for start, length in zip(page.dataoffsets, page.databytecounts, strict=True)
        ]
    form = {key: getattr(page, key) for key in ("shape", "dtype", "predictor", "rowsperstrip")}
    tifffile.imwrite(path, iter(strips), photometric="rgb", extratags=[tag], compression=8, **form)
    with tifffile.TiffFile(path, mode="r+") as tiff:
        tiff.pages[0].tags["Compression"].overwrite(page.compression)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("codec", [8, 5])
def test_pages_of_a_tiff_come_out_upright(tmp_path, deep, orientation, codec):
    source, shown = tmp_path / "in.tif", tmp_path / "shown.tif"
    cv2.imwrite(str(source), cv2.cvtColor(deep, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_TIFF_COMPRESSION, codec])
    with_tag(source, (274, 3, 1, orientation, True))
    Image.fromarray((deep >> 8).astype(np.uint8)).save(shown, tiffinfo={274: orientation})
    before, after = erased(source)
    assert np.array_equal(before >> 8, np.asarray(Image.open(shown))) and np.array_equal(after, before)
    assert Image.open(source.with_name("out.tif")).getexif().get(274, 1) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_png_is_seen_upright_and_keeps_its_orientation(tmp_path, deep, orientation):
    eight, source = tmp_path / "eight.png", tmp_path / "in.png"
    exif = Image.Exif()
    exif[274] = orientation
    Image.fromarray((deep >> 8).astype(np.uint8)).save(eight, exif=exif)
    shown = np.asarray(ImageOps.exif_transpose(Image.open(eight)))
    chunks = eight.read_bytes()
    data = cv2.imencode(".png", cv2.cvtColor(deep, cv2.COLOR_RGB2BGR))[1].tobytes()
    source.write_bytes(data[:33] + chunks[33 : chunks.index(b"IDAT") - 4] + data[33:])
    before, after = erased(source, ".png")
    assert np.array_equal(before >> 8, shown) and np.array_equal(after, deep)
    assert Image.open(source.with_name("out.png")).getexif()[274] == orientation
    before, after = erased(source)
    assert np.array_equal(after, before)


def test_a_tiff_keeps_its_texts_profile_and_resolution(tmp_path, deep):
    source = tmp_path / "in.tif"
    texts = {270: "Exam", 271: "Kanón", 305: "scanner", 306: "2026:11:28 19:10:38", 33432: "mine"}
    tags = [(tag, 2, 0, text.encode("latin-1"), True) for tag, text in texts.items()]
    tags += [(297, 3, 2, (3, 7), True)]
    options = {"resolution": (300, 200), "resolutionunit": "inch", "iccprofile": b"profile"}
    tifffile.imwrite(
        source, deep, photometric="rgb", metadata=None, software=False, extratags=tags, **options
    )
    erased(source)
    with Image.open(source.with_name("out.tif")) as image:
        assert {tag: image.tag_v2[tag] for tag in texts} == texts and image.tag_v2[297] == (3, 7)
        assert image.info["dpi"] == (300, 200) and image.info["icc_profile"] == b"profile"


def test_a_png_keeps_its_texts_and_gamma(tmp_path, deep):
    look, source = tmp_path / "look.png", tmp_path / "in.png"
    texts = PngInfo()
    texts.add_text("Title", "Exam")
    texts.add_itxt("Author", "Chang'é 嫦娥")
    texts.add(b"gAMA", (45455).to_bytes(4, "big"))
    Image.fromarray(deep.astype(np.uint8)).save(look, pnginfo=texts)
    chunks = look.read_bytes()
    data = cv2.imencode(".png", deep)[1].tobytes()
    source.write_bytes(data[:33] + chunks[33 : chunks.index(b"IDAT") - 4] + data[33:])
    erased(source, ".png")
    with Image.open(source.with_name("out.png")) as image:
        assert image.text == {"Title": "Exam", "Author": "Chang'é 嫦娥"}
        assert image.info["gamma"] == pytest.approx(0.45455)


@pytest.mark.parametrize("planes", [False, True])
@pytest.mark.parametrize("compression", [None, "zlib"])
def test_a_tiff_whose_strips_are_missing_is_told_to_be_damaged(tmp_path, deep, capfd, planes, compression):
    source = tmp_path / "in.tif"
    form = {"planarconfig": "separate" if planes else "contig", "rowsperstrip": 16}
    array = np.moveaxis(deep, -1, 0) if planes else deep
    tifffile.imwrite(source, array, photometric="rgb", compression=compression, **form)
    with tifffile.TiffFile(source, mode="r+") as tiff:
        counts = tiff.pages[0].tags["StripByteCounts"]
        counts.overwrite((*counts.value[:2], 0, *counts.value[3:]))
    with pytest.raises(ValueError, match="in.tif is truncated or damaged"):
        erased(source)
    with tifffile.TiffFile(source, mode="r+") as tiff:
        counts = tiff.pages[0].tags["StripByteCounts"]
        counts.overwrite(counts.value[:2])
    with pytest.raises(ValueError, match="in.tif is truncated or damaged"):
        erased(source)
    assert capfd.readouterr().err == ""
