from typing import Any

import pytest
import torch

from restorekit.datasets.collating import collate_samples


def sample(name: str, *, rows: int = 2) -> dict[str, Any]:
    page = torch.full((3, rows, 4), float(name))
    return {"image": page, "target": page, "mask": page[:1], "name": name}


def test_samples_are_stacked_in_order() -> None:
    batch = collate_samples([sample("0"), sample("1")])
    assert batch["image"].shape == (2, 3, 2, 4)
    assert batch["mask"].shape == (2, 1, 2, 4)
    assert batch["target"][1].unique().tolist() == [1]
    assert batch["name"] == ["0", "1"]


@pytest.mark.parametrize(("given", "said"), [(None, "a NoneType"), ((1, 2), "a tuple")])
def test_what_is_no_dict_is_named(given: Any, said: str) -> None:
    with pytest.raises(TypeError, match=f"a dataset gave {said} for a sample; expected a dict with image"):
        collate_samples([sample("0"), given])


def test_a_sample_that_lacks_a_key_is_named() -> None:
    broken = sample("1")
    del broken["target"]
    with pytest.raises(
        TypeError, match="the sample '1' has image, mask, name; .* MaskFromPair and ToTensors"
    ):
        collate_samples([sample("0"), broken])


def test_samples_of_two_sizes_are_named() -> None:
    with pytest.raises(
        ValueError, match=r"image of \(3, 2, 4\) \('0'\) and \(3, 5, 4\) \('1'\).*batch_size=1"
    ):
        collate_samples([sample("0"), sample("1", rows=5)])


def test_bytes_beside_floats_are_named() -> None:
    others = {key: x if key == "name" else x.to(torch.uint8) for key, x in sample("1").items()}
    with pytest.raises(
        ValueError, match=r"have image of torch.float32 \('0'\) and torch.uint8 \('1'\).*as_bytes"
    ):
        collate_samples([sample("0"), others])
