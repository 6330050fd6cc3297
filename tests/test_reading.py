import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from restorekit.reading import image_size, page_count, read_grey, read_rgb, read_rgba

RGB = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3) * 10


def save_bgr(path, pixels):
    assert cv2.imwrite(str(path), pixels)
    return path


def test_colour_comes_out_as_rgb(tmp_path):
    Image.fromarray(RGB).save(tmp_path / "a.png")
    np.testing.assert_array_equal(read_rgb(tmp_path / "a.png"), RGB)


def test_sixteen_bits_are_rounded(tmp_path):
    levels = np.array([[0, 128, 129, 65535, 257 * 77]], np.uint16)
    path = save_bgr(tmp_path / "a.png", np.repeat(levels[..., None], 3, axis=2))
    assert read_rgb(path)[0, :, 1].tolist() == [0, 0, 1, 255, 77]
    path = save_bgr(tmp_path / "a.tiff", np.repeat(levels[..., None], 3, axis=2))
    assert read_rgb(path)[0, :, 1].tolist() == [0, 0, 1, 255, 77]
    assert image_size(path) == (1, 5)


def test_grey_becomes_three_equal_channels(tmp_path):
    path = save_bgr(tmp_path / "a.png", np.array([[3, 200]], np.uint8))
    assert read_rgb(path).tolist() == [[[3] * 3, [200] * 3]]


def test_sixteen_bits_of_grey_may_count_from_white(tmp_path):
    levels = np.array([[0, 257 * 77, 65535]], np.uint16)
    tifffile.imwrite(tmp_path / "a.tif", 65535 - levels, photometric="miniswhite")
    assert read_grey(tmp_path / "a.tif").tolist() == [[0, 77, 255]]


def test_alpha_is_laid_over_white(tmp_path):
    pixels = np.array([[[10, 20, 30, 0], [10, 20, 30, 255], [0, 0, 100, 128]]], np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    # 100 * 128/255 + 255 * 127/255 = 177.2
    assert read_rgb(tmp_path / "a.png").tolist() == [[[255, 255, 255], [10, 20, 30], [127, 127, 177]]]
    Image.fromarray(np.array([[[101, 101, 101, 128]]], np.uint8)).save(tmp_path / "b.png")
    assert read_rgb(tmp_path / "b.png").tolist() == [[[178, 178, 178]]]  # 177.7
    Image.fromarray(np.array([[[50, 0], [50, 255]]], np.uint8), mode="LA").save(tmp_path / "la.png")
    assert read_rgb(tmp_path / "la.png")[0, :, 0].tolist() == [255, 50]


def test_alpha_is_kept_with_the_colours_below_it(tmp_path):
    four = np.zeros((1, 2, 4), np.uint8)
    four[0] = [(10, 20, 30, 0), (40, 50, 60, 255)]  # B, G, R, alpha
    cv2.imwrite(str(tmp_path / "a.png"), four)
    assert read_rgba(tmp_path / "a.png").tolist() == [[[30, 20, 10, 0], [60, 50, 40, 255]]]
    for name, pixels in (("grey", four[..., 0]), ("colour", four[..., :3])):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.ascontiguousarray(pixels))
        rgba = read_rgba(tmp_path / f"{name}.png")
        assert np.array_equal(rgba[..., :3], read_rgb(tmp_path / f"{name}.png"))
        assert (rgba[..., 3] == 255).all()


def test_palette_and_bilevel_files_are_read(tmp_path):
    Image.fromarray(RGB).quantize(6).save(tmp_path / "p.png")
    np.testing.assert_array_equal(read_rgb(tmp_path / "p.png"), RGB)
    Image.fromarray(np.array([[0, 255]], np.uint8)).convert("1").save(tmp_path / "b.tif")
    assert read_grey(tmp_path / "b.tif").tolist() == [[0, 255]]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("extension", ["png", "webp", "tif"])
def test_exif_orientation_is_applied_once(tmp_path, orientation, extension):
    from PIL import ImageOps

    path = tmp_path / f"a.{extension}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(RGB).save(path, exif=exif, **({"lossless": True} if extension == "webp" else {}))
    expected = np.asarray(ImageOps.exif_transpose(Image.open(path)))
    np.testing.assert_array_equal(read_rgb(path), expected)
    assert image_size(path) == expected.shape[:2]


def test_exif_orientation_of_a_jpeg(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying, to be turned clockwise: the stored left column becomes the top row
    lying = np.zeros((16, 32), np.uint8)
    lying[:, :8] = 255
    Image.fromarray(lying).save(tmp_path / "a.JPG", format="jpeg", exif=exif)
    upright = read_grey(tmp_path / "a.JPG")
    assert upright.shape == image_size(tmp_path / "a.JPG") == (32, 16)
    assert upright[:7].min() > 240 and upright[9:].max() < 15


def test_a_name_that_is_not_ascii(tmp_path):
    Image.fromarray(RGB).save(tmp_path / "试卷 一.png")
    np.testing.assert_array_equal(read_rgb(tmp_path / "试卷 一.png"), RGB)


@pytest.mark.parametrize("content", [b"", b"not an image", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_decoded_is_named(tmp_path, content):
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    for read in (read_rgb, read_grey, image_size):
        with pytest.raises(ValueError, match=r"broken\.png cannot be decoded"):
            read(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"gone\.png cannot be read"):
        read_rgb(tmp_path / "gone.png")


def test_pages_are_counted_and_previews_are_none(tmp_path):
    first, second = Image.fromarray(RGB), Image.fromarray(255 - RGB)
    for name, form in (("a.tif", "TIFF"), ("a.webp", "WEBP"), ("a.jpg", "MPO")):
        first.save(tmp_path / name, format=form, save_all=True, append_images=[second])
    counts = [page_count(tmp_path / name) for name in ("a.tif", "a.webp", "a.jpg", "none.png")]
    assert counts == [2, 2, 1, 1]
    with tifffile.TiffWriter(tmp_path / "b.tif") as file:
        file.write(RGB, photometric="rgb")
        file.write(RGB[:1], photometric="rgb", subfiletype=1)
    assert page_count(tmp_path / "b.tif") == 1
