import os
import pickle

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from restorekit.losses.vgg_features import VGG16Features


def test_maps_equal_a_plain_stack_of_layers(vgg_file) -> None:
    state = torch.load(vgg_file, weights_only=True)
    layers: list[nn.Module] = []
    inputs = 3
    for width in (64, 64, "pool", 128, 128, "pool", 256, 256, 256, "pool"):
        if width == "pool":
            layers.append(nn.MaxPool2d(2))
            continue
        layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.ReLU()]
        inputs = width
    plain = nn.Sequential(*layers)
    plain.load_state_dict({k.removeprefix("features."): v for k, v in state.items() if "features" in k})
    image = torch.rand(1, 3, 16, 24)
    maps = VGG16Features(vgg_file)(image)
    with torch.no_grad():
        for tensor, end in zip(maps, (5, 10, 17), strict=True):
            torch.testing.assert_close(tensor, plain[:end](image))


def test_a_safetensors_file_serves_as_well(vgg_file, tmp_path) -> None:
    save_file(torch.load(vgg_file, weights_only=True), tmp_path / "vgg.safetensors")
    image = torch.rand(1, 3, 8, 8)
    expected = VGG16Features(vgg_file)(image)
    torch.testing.assert_close(VGG16Features(tmp_path / "vgg.safetensors")(image), expected)


def test_weights_are_neither_trained_nor_saved(vgg_file) -> None:
    features = VGG16Features(vgg_file)
    assert not list(features.parameters()) and not features.state_dict()
    assert features.double().weight_0.dtype == torch.float64  # but they move with the model


def test_no_file(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file: .*vgg.pth. It should be the usual ImageNet"):
        VGG16Features(tmp_path / "vgg.pth")


class Runs:
    def __reduce__(self):
        return os.system, ("touch hostile-code-ran",)


@pytest.mark.parametrize(
    "content", [b"text", pickle.dumps({"features.0.weight": Runs()}, 2)], ids=["text", "code"]
)
def test_a_bad_file_is_refused_and_not_run(tmp_path, monkeypatch, content: bytes) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vgg.pth").write_bytes(content)
    with pytest.raises(ValueError, match="cannot be read; it should be the usual ImageNet file"):
        VGG16Features(tmp_path / "vgg.pth")
    assert [p.name for p in tmp_path.iterdir()] == ["vgg.pth"]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({}, r"no features.0.weight of shape \(64, 3, 3, 3\)"),
        ({"features.0.weight": torch.zeros(64, 3, 3, 3)}, r"no features.0.bias of shape \(64,\)"),
        ([1], "holds a list"),
    ],
)
def test_another_network_is_refused(tmp_path, state, message: str) -> None:
    torch.save(state, tmp_path / "vgg.pth")
    with pytest.raises(ValueError, match=message):
        VGG16Features(tmp_path / "vgg.pth")


@pytest.mark.parametrize("poolings", [0, 6])
def test_poolings_out_of_range(vgg_file, poolings: int) -> None:
    with pytest.raises(ValueError, match=f"poolings must be 1 to 5; got {poolings}"):
        VGG16Features(vgg_file, poolings=poolings)
