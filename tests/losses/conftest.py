from pathlib import Path

import pytest
import torch

from restorekit.losses.vgg_features import BLOCKS


@pytest.fixture(scope="session")
def vgg_file(tmp_path_factory) -> Path:
    """A file of VGG-16's form with random weights, as far as its third pooling."""
    random = torch.Generator().manual_seed(0)
    state, inputs, index = {}, 3, 0
    for block in BLOCKS[:3]:
        for outputs in block:
            weight = torch.randn(outputs, inputs, 3, 3, generator=random)
            state[f"features.{index}.weight"] = weight * (2 / (9 * inputs)) ** 0.5
            state[f"features.{index}.bias"] = torch.zeros(outputs)
            inputs, index = outputs, index + 2
        index += 1
    state["classifier.6.bias"] = torch.zeros(1000)
    path = tmp_path_factory.mktemp("vgg") / "vgg16.pth"
    torch.save(state, path)
    return path
