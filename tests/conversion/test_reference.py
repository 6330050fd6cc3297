"""Parity with the authors' networks under rule-filled weights, where the reference folder is at hand.

Every network is filled by its authors' key names, converted, and must reproduce the authors' outputs to 1e-4.
"""

import importlib.util
import json

import numpy as np
import pytest
import torch

from restorekit.conversion import SOURCES, convert_state_dict
from restorekit.networks import PatchDiscriminator, fold_spectral_norm
from restorekit.registry import NETWORKS
from tests.conftest import REFERENCE

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="no reference folder (set RESTOREKIT_REFERENCE)"
)
DISCRIMINATOR = {
    **{f"globalDis.{i}.conv2d": f"whole.{i}.0" for i in range(6)},
    **{f"localDis.{i}.conv2d": f"text.{i}.0" for i in range(6)},
    "fusion.0": "head",
}


def filled_state(name: str) -> dict[str, np.ndarray]:
    spec = importlib.util.spec_from_file_location("reference_fill", REFERENCE / "fill.py")
    rule = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rule)
    shapes = {k: tuple(s) for k, s in json.loads((REFERENCE / f"{name}.keys.json").read_text()).items()}
    state = {k: rule.fill(k, s) for k, s in shapes.items() if not k.endswith(("weight_u", "weight_v"))}
    for key in [k for k in state if k.endswith("weight_orig")]:
        weight, stem = state[key], key.removesuffix("weight_orig")
        if shapes[stem + "weight_u"][0] != weight.shape[0] or ("deconv" in key):
            weight = weight.swapaxes(0, 1)
        u, v = rule.power_iterate(weight.reshape(weight.shape[0], -1))
        state |= {stem + "weight_u": u, stem + "weight_v": v}
    return state


def reference(name: str) -> dict[str, torch.Tensor]:
    with np.load(REFERENCE / f"{name}.npz") as file:
        return {key: torch.from_numpy(file[key]) for key in file}


def assert_close(actual: torch.Tensor, expected: torch.Tensor, what: str, tolerance: float = 1e-4) -> None:
    difference = (actual - expected).abs().max().item()
    print(f"{what}: largest difference {difference:.2e}")
    assert actual.shape == expected.shape and difference < tolerance, f"{what}: {difference}"


def converted(source: str, name: str) -> torch.nn.Module:
    kind = SOURCES[source]
    network = NETWORKS.build(dict(kind.network)).eval()
    state = convert_state_dict(filled_state(name), modules=kind.modules, network=network, unused=kind.unused)
    network.load_state_dict(state, strict=True)
    return network


@torch.no_grad()
@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("erasenet", "erasenet"),
        ("contest-erasenet", "strnet2_paddle"),
        ("contest-nonlocal", "straidr_paddle"),
    ],
)
def test_coarse_to_fine_networks(source: str, name: str) -> None:
    network = converted(source, name)
    expected = reference(name)
    output = network(expected["input"])
    logits = network.mask(network.encoder(expected["input"]))
    if "mask_logits" in expected:
        assert_close(logits, expected["mask_logits"], "mask logits")
    else:
        assert_close(torch.sigmoid(logits), expected["mask_probability"], "mask probability")
    assert_close(output.mask_logits, logits.mean(1, keepdim=True), "mask")
    for page, size in zip(output.coarse, ("quarter", "half", "full"), strict=True):
        assert_close(page, expected[f"coarse_{size}"], f"coarse {size}")
    pairs = {"image": expected}
    if (REFERENCE / f"{name}_wide.npz").is_file():
        pairs["wide image"] = reference(f"{name}_wide")
    for what, pair in pairs.items():
        if source != "contest-nonlocal":
            assert_close(network(pair["input"]).image, pair["image"], what)
            continue
        # Rule-filled attention multiplies rounding a thousandfold (its logits span 400, its image 15), so
        # the reference's own float32 lies up to 4e-4 from the exact value. The formula is compared in
        # float64, relative to the image's range.
        span = pair["image"].abs().max().item()
        assert_close(network(pair["input"]).image, pair["image"], f"{what}, float32", 5e-4 * span)
        exact = network.double()(pair["input"].double()).image
        assert_close(exact, pair["image"], f"{what}, float64", 1e-4 * span)
        network.float()


@torch.no_grad()
def test_pert() -> None:
    network = converted("pert", "pert")
    expected = reference("pert")
    previous = expected["input"]
    for index in range(3):
        step = network.step(expected["input"], previous)
        previous = step.image
        assert_close(step.image, expected[f"image_{index}"], f"image {index}")
        assert_close(step.mask, expected[f"mask_{index}"], f"mask {index}")
    output = network(expected["input"])
    assert_close(output.image, expected["image"], "image")
    assert_close(torch.sigmoid(output.mask_logits), expected["mask"].mean(1, keepdim=True), "mask")
    for page, size in zip(output.coarse, ("quarter", "half"), strict=True):
        assert_close(page, expected[size], size)
    for index, step in enumerate(output.iterations):
        assert_close(step.image, expected[f"image_{index}"], f"iteration {index}")


@torch.no_grad()
def test_discriminator() -> None:
    network = fold_spectral_norm(PatchDiscriminator())
    state = convert_state_dict(filled_state("discriminator"), modules=DISCRIMINATOR, network=network)
    network.load_state_dict(state, strict=True)
    expected = reference("discriminator")
    score = network(expected["input"], 1 - expected["mask"])  # theirs marks the background
    assert_close(score.flatten(1), expected["score"], "score")
