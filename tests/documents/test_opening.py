import numpy as np
import pytest
from PIL import Image

from restorekit.documents import erase_file
from tests.documents.test_pictures import far_from_ink, read


@pytest.mark.parametrize("name", ["out.gif", "results.v2"])
def test_a_suffix_of_no_format_is_refused(scan, restore, name):
    with pytest.raises(ValueError, match=r"no format has the suffix .*expected \.jpg, .* a / after a folder"):
        erase_file(restore, scan, scan.with_name(name))
    assert not scan.with_name(name).exists()
    same = scan.rename(scan.with_name("scan.v2"))
    erase_file(restore, same, scan.with_name("out.v2"))
    assert read(scan.with_name("out.v2")).format == "PNG"


def test_a_suffix_that_lies_about_the_content_changes_no_format(tmp_path, page, restore):
    source, target = tmp_path / "photo.jpg", tmp_path / "out.jpg"
    Image.fromarray(page).convert("RGBA").save(source, format="PNG")
    erase_file(restore, source, target)
    assert read(target).format == "PNG" and read(target).mode == "RGBA"
    erase_file(restore, source, tmp_path / "out.webp")
    assert read(tmp_path / "out.webp").format == "WEBP"


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


@pytest.mark.parametrize(
    "mode, suffix, told",
    [
        ("RGBA", ".jpg", "has transparency, which JPEG cannot hold"),
        ("I;16", ".webp", "has 16 bits a channel, which WEBP cannot hold"),
    ],
)
def test_what_a_format_cannot_hold_is_told_before_the_work(tmp_path, mode, suffix, told):
    Image.new(mode, (8, 8)).save(tmp_path / "a.png")
    erased = []
    with pytest.raises(ValueError, match=rf"a.png {told}; name the output .png"):
        erase_file(erased.append, tmp_path / "a.png", tmp_path / f"a{suffix}")
    assert not erased and not (tmp_path / f"a{suffix}").exists()


@pytest.mark.parametrize("suffix, format, most", [(".webp", "WEBP", 16383), (".jpg", "JPEG", 65500)])
def test_a_side_that_a_format_does_not_hold_is_told(tmp_path, suffix, format, most):
    for side in (most, most + 1):
        Image.new("L", (side, 1), 240).save(tmp_path / f"{side}.png")
    erase_file(lambda array: (array.copy(), None), tmp_path / f"{most}.png", tmp_path / f"out{suffix}")
    erased = []
    with pytest.raises(
        ValueError, match=rf"has a side of {most + 1} px, where {format} holds {most}; name the output .png"
    ):
        erase_file(erased.append, tmp_path / f"{most + 1}.png", tmp_path / f"a{suffix}")
    assert not erased
