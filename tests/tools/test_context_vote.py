import runpy
import sys
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from restorekit.inferencers.boosted_trees import BoostedTrees
from restorekit.inferencers.pieces import FEATURES, PagePieces
from restorekit.synthesis import pages
from restorekit.synthesis.pages import Pair, generator

tool = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "context_vote.py"))
main = tool["main"]
NODE = [("is_leaf", np.uint8), ("feature_idx", np.int64), ("num_threshold", np.float64)]
NODE += [("left", np.uint32), ("right", np.uint32), ("value", np.float64)]
SPLIT = [(0, 3, 0.5, 1, 2, 7), (1, 0, 0, 0, 0, -2), (1, 0, 0, 0, 0, 4)]
"""A tree as scikit-learn has it: up to 0.5 in feature 3 gives -2, more gives 4."""


class Learner:
    """scikit-learn's in so far as the tool uses it."""

    def __init__(self, **options):
        self.options = options
        self._baseline_prediction = np.array([[-1.0]])
        self._predictors = [[SimpleNamespace(nodes=np.array(SPLIT, NODE))]]

    def fit(self, features, printed, weight):
        Learner.seen.append(
            SimpleNamespace(features=features, printed=printed, weight=weight, **self.options)
        )


@pytest.fixture
def learner(monkeypatch):
    ensemble = ModuleType("sklearn.ensemble")
    ensemble.HistGradientBoostingClassifier = Learner
    Learner.seen = []
    monkeypatch.setitem(sys.modules, "sklearn", ModuleType("sklearn"))
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", ensemble)
    return Learner


def gathered(folder, pages):
    """Of each page a piece of print and one of ink on each side; feature 3 tells which."""
    features = np.zeros((2, FEATURES[0]), np.float32)
    features[0, 3] = 1
    for page in range(pages):
        erased = {"features": features, "share": np.float32([1, 0.8]), "area": [100, 900]}
        kept = {"features": features[:, : FEATURES[1]], "share": np.float32([0.2, 0.05]), "area": [100, 900]}
        own = {f"erased_{name}": value for name, value in erased.items()}
        own |= {f"kept_{name}": value for name, value in kept.items()}
        np.savez(folder / f"0_{page:06d}.npz", **own)


def test_every_second_page_bears_the_ink_of_another(monkeypatch):
    make_handwriting_pair = partial(pages.make_handwriting_pair, height=640, width=480)  # quicker
    monkeypatch.setattr(pages, "make_handwriting_pair", make_handwriting_pair)
    numbers = [[int(one) for one in generator(5, index).integers(2**40, size=2)] for index in (0, 3)]
    own = tool["made_page"](5, 0)
    np.testing.assert_array_equal(own.image, make_handwriting_pair(numbers[0][0]).image)
    crossed, below = tool["made_page"](5, 3), make_handwriting_pair(numbers[1][0])
    np.testing.assert_array_equal(crossed.target, below.target)
    assert (crossed.image != below.image).any() and crossed.mask.any()
    inked = crossed.mask > 0
    assert crossed.image[inked].mean() < crossed.target[inked].mean() - 10


def test_a_label_is_what_the_ground_truth_has_left():
    page = np.full((128, 128, 3), 200, np.uint8)
    page[20:30, 20:60] = page[60:70, 20:60] = page[100:110, 20:60] = 50
    target = page.copy()
    target[60:70, 40:60] = 200  # half of the second is ink
    probability = np.zeros((128, 128), np.float32)
    probability[:80] = 1
    samples = tool["label"](PagePieces(page, probability).find(kept=False), Pair(page, target, probability))
    np.testing.assert_allclose(samples.share, [1, 0.5], atol=1e-5)
    assert samples.area.tolist() == [400, 400] and samples.features.shape == (2, FEATURES[0])


def test_training_holds_pages_out_and_writes_trees_that_say_the_same(learner, tmp_path, capsys):
    gathered(tmp_path, 16)
    output = tmp_path / "trees"
    assert main(["train", str(tmp_path), str(output)]) == 0
    files = [output / f"{side}.safetensors" for side in ("erased", "kept")]
    assert capsys.readouterr().out.splitlines() == [
        f"{files[0]}: of 2 pieces of print that were erased on pages held out 2 come back, and 0 of ink",
        f"{files[1]}: of 2 pieces of ink that were kept on pages held out 2 are erased, and 0 of print",
    ]
    erased, kept = learner.seen
    assert erased.printed.tolist() == [True, False] * 14  # what is print by four fifths is not enough
    assert erased.weight.tolist() == [10, 40] * 14  # of 400 px at most, and ink twice
    assert kept.printed.tolist() == [True, False] * 14  # and what is print by a fifth is enough
    assert kept.weight.tolist() == [50, 20] * 14  # and print five times
    assert tuple(len(own.monotonic_cst) for own in learner.seen) == FEATURES
    trees = BoostedTrees.load(files[1])
    features = np.zeros((2, FEATURES[0]), np.float32)
    features[:, 3] = 0.5, 0.51
    np.testing.assert_allclose(trees.probability(features), 1 / (1 + np.exp([3, -3])), rtol=1e-6)


def test_too_few_pages_are_told(learner, tmp_path, capsys):
    gathered(tmp_path, 3)
    assert main(["train", str(tmp_path), str(tmp_path / "trees")]) == 2
    assert "holds 3 pages; `gather` 8 or more" in capsys.readouterr().err


def test_pages_without_pieces_of_a_side_are_told(learner, tmp_path, capsys):
    for page in range(8):
        np.savez(tmp_path / f"0_{page:06d}.npz")
    assert main(["train", str(tmp_path), str(tmp_path / "trees")]) == 2
    assert "holds no pieces that were erased; `gather` more pages" in capsys.readouterr().err


def test_where_to_get_the_learner_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)  # as if it were not installed
    gathered(tmp_path, 8)
    assert main(["train", str(tmp_path), str(tmp_path / "trees")]) == 2
    assert capsys.readouterr().err == "error: growing trees needs scikit-learn: pip install scikit-learn\n"


def test_gathering_keeps_what_is_there(tmp_path, capsys):
    (tmp_path / "7_000000.npz").write_bytes(b"")
    assert main(["gather", str(tmp_path), "--pages", "1", "--seed", "7"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}: 0 pages more\n"
    assert (tmp_path / "7_000000.npz").read_bytes() == b""


def test_gathering_erases_pages_and_passes_over_large_letters(tmp_path, monkeypatch, capsys):
    levels = np.full((128, 512, 3), 230, np.uint8)
    for place in range(14):
        levels[30:50, 10 + 35 * place : 20 + 35 * place] = 40
    large = np.kron(levels, np.ones((2, 2, 1), np.uint8))
    pages = [Pair(page, page, page[..., 0]) for page in (levels, large)]
    monkeypatch.setitem(tool["gather"].__globals__, "made_page", lambda seed, index: pages[index])
    erased = np.zeros((128, 512), np.uint8)
    erased[:, 300:] = 255
    asked = {}

    def load(weights, inferencer):
        asked.update(inferencer)
        return SimpleNamespace(restore=lambda image: SimpleNamespace(mask=erased))

    monkeypatch.setattr("restorekit.load_restorer", load)
    assert main(["gather", str(tmp_path / "new"), "--pages", "2"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'new'}: 1 pages more\n"
    with np.load(tmp_path / "new" / "0_000000.npz") as stored:
        for side, count in (("erased", 5), ("kept", 9)):
            assert stored[f"{side}_share"].tolist() == [1] * count
            assert stored[f"{side}_area"].tolist() == [200] * count
    kinds = [own["type"] for own in asked["inferencers"]]
    assert kinds[0] == "InkColour" and kinds.count("InkColour") == 1 and "MaskComposite" in kinds


def test_the_mean_of_two_trainings_has_the_mean_logit(learner, tmp_path):
    files = [tmp_path / f"{name}.safetensors" for name in ("first", "second", "both")]
    trees = tool["exported"](learner())
    second = trees._replace(value=3 * trees.value, start=np.array(0, np.float32))
    for path, own in zip(files, (trees, second), strict=False):
        own.save(path)
    assert main(["mean", *map(str, files)]) == 0
    features = np.zeros((2, FEATURES[0]), np.float32)
    features[:, 3] = 0.5, 0.51
    logits = [(-1 - 2 + 0 - 6) / 2, (-1 + 4 + 0 + 12) / 2]
    probability = BoostedTrees.load(files[2]).probability(features)
    np.testing.assert_allclose(probability, 1 / (1 + np.exp(np.negative(logits))), rtol=1e-5)


def test_the_mean_names_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["mean", *3 * [str(tmp_path / "none.safetensors")]]) == 2
    assert "none.safetensors" in capsys.readouterr().err
