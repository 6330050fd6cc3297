import numpy as np
import pytest

from restorekit.inferencers.boosted_trees import BoostedTrees


@pytest.fixture
def trees():
    """One that asks for feature 1 and then for feature 0, and one that is a leaf."""
    return BoostedTrees(
        feature=np.int16([[1, -1, 0, -1, -1], [-1, -1, -1, -1, -1]]),
        threshold=np.float32([[0.5, 0, 2, 0, 0], [0, 0, 0, 0, 0]]),
        left=np.int16([[1, 1, 3, 3, 4], [0, 1, 2, 3, 4]]),
        right=np.int16([[2, 1, 4, 3, 4], [0, 1, 2, 3, 4]]),
        value=np.float32([[0, -1, 0, 1, 3], [0.25, 9, 9, 9, 9]]),
        start=np.array(-0.5, np.float32),
    )


def test_values_of_the_leaves_that_are_reached_add_up_to_the_logit(trees):
    features = np.float32([[9, 0.5], [2, 0.6], [2.1, 0.6]])  # what equals a threshold goes left
    logit = np.log(trees.probability(features) / (1 - trees.probability(features)))
    np.testing.assert_allclose(logit, [-1.25, 0.75, 2.75], rtol=1e-5)
    assert trees.probability(features).dtype == np.float32


def test_many_rows_are_judged_some_at_a_time(trees, monkeypatch):
    features = np.random.default_rng(0).uniform(0, 3, (7, 2)).astype(np.float32)
    at_once = trees.probability(features)
    seen = []
    logits = BoostedTrees._logits
    monkeypatch.setattr(
        BoostedTrees, "_logits", lambda self, part: seen.append(len(part)) or logits(self, part)
    )
    monkeypatch.setattr("restorekit.inferencers.boosted_trees.ROWS", 3)
    np.testing.assert_array_equal(trees.probability(features), at_once)
    assert seen == [3, 3, 1]


def test_no_rows_give_none(trees):
    assert trees.probability(np.zeros((0, 2), np.float32)).shape == (0,)


def test_they_are_read_from_the_file_they_were_written_to(trees, tmp_path):
    trees.save(tmp_path / "trees.safetensors")
    read = BoostedTrees.load(tmp_path / "trees.safetensors")
    for own, other in zip(read, trees, strict=True):
        np.testing.assert_array_equal(own, other)
