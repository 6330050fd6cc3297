import pytest

from restorekit.datasets.transforms.pipeline import run_pipeline


def test_transforms_run_one_after_the_other():
    steps = [lambda sample: {**sample, "a": sample["a"] + 1}, lambda sample: {"a": 10 * sample["a"]}]
    assert run_pipeline(steps, {"a": 1, "b": 2}) == {"a": 20}


def test_a_transform_that_returns_no_sample_is_named():
    class Darken:
        def __call__(self, sample):
            pass

    with pytest.raises(TypeError, match="Darken returned None; a transform must return the sample, a dict"):
        run_pipeline([Darken()], {})
