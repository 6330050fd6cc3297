import unicodedata

import pytest

from restorekit.datasets.splits import choose_subset, held_out_names

NAMES = [f"{i:04d}" for i in range(1081)]


def choose(subset, holdout, names=NAMES, **more):
    return choose_subset(names, subset=subset, holdout=holdout, **more)


def test_the_contest_split_is_1000_and_81_and_parts_the_pages():
    train, val = choose("train", 81), choose("val", 81)
    assert (len(train), len(val)) == (1000, 81)
    assert sorted(train + val) == NAMES
    assert train == sorted(train)


def test_the_split_is_this_very_one_on_every_machine():
    # SHA-256 of "0/a" .. "0/e" begins d3, 7d, 28, 9d, 7e; of "1/a" .. "1/e" bf, da, df, 50, 9d
    assert held_out_names("abcde", holdout=2) == {"c", "b"}
    assert held_out_names("abcde", holdout=2, seed=1) == {"d", "e"}
    assert held_out_names(NAMES[:20], holdout=3) == {"0003", "0005", "0008"}


def test_the_choice_does_not_depend_on_the_order_of_the_listing():
    assert set(choose("val", 81, NAMES[::-1])) == set(choose("val", 81))


def test_a_share_is_rounded_and_at_least_one():
    assert len(choose("val", 0.075)) == 81
    assert len(choose("val", 0.1, NAMES[:3])) == 1
    assert [len(choose("val", 0.1, NAMES[:count])) for count in (16, 24, 26)] == [2, 2, 3]


def test_another_seed_holds_out_other_pages():
    assert choose("val", 81, seed=1) != choose("val", 81, seed=0)


def test_a_larger_holdout_contains_the_smaller():
    assert set(choose("val", 10)) < set(choose("val", 20))


def test_all_ignores_the_holdout():
    assert choose("all", None) == choose("all", 81) == NAMES


def test_a_list_file_beside_the_pages(tmp_path):
    (tmp_path / "val.txt").write_text("\ufeff0003\n\n 0007 \n0001.jpg\n", encoding="utf-8")
    assert choose("val", "val.txt", root=tmp_path) == ["0001", "0003", "0007"]
    assert len(choose("train", str(tmp_path / "val.txt"))) == 1078


def test_a_list_file_in_the_current_directory(tmp_path, monkeypatch):
    (tmp_path / "val.txt").write_text("0003\n")
    monkeypatch.chdir(tmp_path)
    assert choose("val", "val.txt", root="elsewhere") == ["0003"]


def test_a_list_of_unknown_pages_is_refused(tmp_path):
    (tmp_path / "val.txt").write_text("\n".join(f"x{i}" for i in range(11)))
    with pytest.raises(
        ValueError, match=r"val\.txt names 11 pages that the folder lacks: x0, .*x9 and 1 more"
    ):
        choose("val", "val.txt", root=tmp_path)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_may_be_written_by_any_system(tmp_path, form, encoding):
    (tmp_path / "val.txt").write_text(unicodedata.normalize(form, "caf\u00e9.jpg\n"), encoding=encoding)
    names = ["caf\u00e9", "other"]
    assert choose_subset(names, subset="val", holdout="val.txt", root=tmp_path) == ["caf\u00e9"]


def test_a_list_in_another_encoding_is_told_with_the_mend(tmp_path):
    (tmp_path / "val.txt").write_text("caf\u00e9", encoding="latin-1")
    with pytest.raises(ValueError, match=r"val\.txt is no text in UTF-8; save it so"):
        choose("val", "val.txt", root=tmp_path)


def test_a_missing_list_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(ValueError, match=r"no such list file \(looked for .*gone\.txt and gone\.txt\)"):
        choose("val", "gone.txt", root=tmp_path)


@pytest.mark.parametrize(
    ("subset", "holdout", "message"),
    [
        ("valid", 81, "subset is 'valid'"),
        ("val", None, "need holdout"),
        ("val", 1.0, "holdout=1.0 is a share"),
        ("val", 0.0, "holdout=0.0 is a share"),
        ("val", 1082, "holdout=1082 of 1081 pages"),
        ("val", -1, "holdout=-1 of 1081 pages"),
        ("val", 0, "holdout=0 leaves no page of 1081 for subset='val'"),
        ("train", 1081, "holdout=1081 leaves no page of 1081 for subset='train': change"),
    ],
)
def test_what_cannot_be_split(subset, holdout, message):
    with pytest.raises(ValueError, match=message):
        choose(subset, holdout)


@pytest.mark.parametrize("holdout", [True, [1]])
def test_a_holdout_of_another_type(holdout):
    with pytest.raises(TypeError, match="expected a count, a share"):
        choose("val", holdout)


@pytest.mark.parametrize(("subset", "holdout"), [("train", 0.075), ("train", 1), ("val", 0)])
def test_one_page_cannot_be_split(subset, holdout):
    with pytest.raises(ValueError, match="two pages are the least"):
        choose_subset(["only"], subset=subset, holdout=holdout)
