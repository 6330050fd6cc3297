import re

import pytest

from restorekit.datasets.folders import find_pairs, list_images, listed


def touch(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_partners_are_matched_by_stem_whatever_the_extension(tmp_path):
    touch(
        tmp_path, "images/b.JPG", "images/a.tif", "gts/a.png", "gts/b.jpeg", "images/._a.tif", "images/x.txt"
    )
    pairs = find_pairs(tmp_path)
    assert [(p.name, p.image.name, p.target.name, p.mask) for p in pairs] == [
        ("a", "a.tif", "a.png", None),
        ("b", "b.JPG", "b.jpeg", None),
    ]


def test_masks_are_used_where_there_is_a_folder_of_them(tmp_path):
    touch(tmp_path, "images/a.jpg", "gts/a.png", "masks/a.webp")
    assert find_pairs(tmp_path)[0].mask == tmp_path / "masks" / "a.webp"
    assert find_pairs(tmp_path, mask_folder=None)[0].mask is None


def test_folders_may_have_other_names(tmp_path):
    touch(tmp_path, "in/a.jpg", "out/a.png", "ink/a.png")
    (pair,) = find_pairs(tmp_path, image_folder="in", target_folder="out", mask_folder="ink")
    assert (pair.image.parent.name, pair.target.parent.name, pair.mask.parent.name) == ("in", "out", "ink")


def test_a_dot_in_a_name_is_part_of_it(tmp_path):
    touch(tmp_path, "images/page.1.jpg", "images/page.2.jpg", "gts/page.1.png", "gts/page.2.png")
    assert [pair.name for pair in find_pairs(tmp_path)] == ["page.1", "page.2"]


def test_composed_and_decomposed_names_are_partners(tmp_path):
    touch(tmp_path, "images/caf\u00e9.jpg", "gts/cafe\u0301.jpg")
    assert [pair.name for pair in find_pairs(tmp_path)] == ["caf\u00e9"]


def test_what_has_no_partner_is_listed_and_counted(tmp_path):
    touch(tmp_path, *(f"images/p{i:02d}.jpg" for i in range(12)), "gts/q.png")
    with pytest.raises(ValueError, match="12 of 12 images in .*images have no partner in .*gts: ") as caught:
        find_pairs(tmp_path)
    message = str(caught.value)
    assert "p09.jpg and 2 more." in message and "p10.jpg" not in message
    assert "1 of 1 images in" in message and "q.png" in message


def test_a_page_without_its_mask_is_an_error(tmp_path):
    touch(tmp_path, "images/a.jpg", "images/b.jpg", "gts/a.png", "gts/b.png", "masks/a.png")
    with pytest.raises(ValueError, match=r"1 of 2 images in .* have no partner in .*masks: b\.jpg\."):
        find_pairs(tmp_path)


def test_a_missing_folder_draws_the_layout(tmp_path):
    touch(tmp_path, "images/a.jpg")
    with pytest.raises(ValueError, match="there is no folder .*gts") as caught:
        find_pairs(tmp_path)
    for line in ("images/0001.jpg", "gts/0001.png", "masks/0001.png", "white = ink", "jpeg"):
        assert line in str(caught.value)


def test_the_folder_of_pairs_above_or_below_is_named(tmp_path):
    touch(tmp_path, "exams/images/a.jpg", "exams/gts/a.jpg")
    for root in (tmp_path, tmp_path / "exams" / "images"):
        words = f"there is no folder {root / 'images'}; did you mean {tmp_path / 'exams'}? A folder"
        with pytest.raises(ValueError, match=re.escape(words)):
            find_pairs(root)


def test_folders_of_other_names_are_told_as_such(tmp_path):
    touch(tmp_path, "input/a.jpg", "target/a.jpg")
    words = "images; rename input, target, or name two of them as image_folder and target_folder. A folder"
    with pytest.raises(ValueError, match=words):
        find_pairs(tmp_path)


def test_empty_folders_draw_the_layout(tmp_path):
    touch(tmp_path, "images/readme.txt", "gts/readme.txt")
    touch(tmp_path, "images/2024/a.jpg", "gts/2024/a.jpg")
    words = "holds no pages; folders within images are passed over.*\n.*\n.*images/0001.jpg"
    with pytest.raises(ValueError, match=words):
        find_pairs(tmp_path)


def test_two_files_of_one_stem_are_refused(tmp_path):
    touch(tmp_path, "a.jpg", "a.PNG")
    with pytest.raises(ValueError, match=r"share a name up to the extension: a\.(jpg|PNG) and a\."):
        list_images(tmp_path)


def test_ten_are_listed_in_full():
    assert listed("abcdefghij") == "a, b, c, d, e, f, g, h, i, j"
    assert listed("abcdefghijk").endswith("j and 1 more")
