import pickle

import pytest
import torch

from restorekit.commands.convert import SOURCE_NAMES
from restorekit.conversion import SOURCES, convert_weights
from restorekit.inferencers import Chain


def test_the_command_offers_every_source() -> None:
    assert tuple(SOURCES) == SOURCE_NAMES


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_inferencers_can_be_built(source) -> None:
    Chain(inferencers=[] if source.inferencer is None else [source.inferencer])


def test_an_unknown_source_lists_the_known(tmp_path) -> None:
    with pytest.raises(ValueError, match="source must be one of erasenet, pert, .* got 'nafnet'"):
        convert_weights(tmp_path / "x.pth", source="nafnet")


@pytest.mark.parametrize(
    "asked, held", [("contest-erasenet", "contest-nonlocal"), ("contest-nonlocal", "contest-erasenet")]
)
def test_weights_of_another_network_are_named(tmp_path, small_state, asked, held) -> None:
    """Both are Paddle's, and the layers of the first are those of a PyTorch source too."""
    (tmp_path / "x.pdparams").write_bytes(pickle.dumps(small_state(held)))
    with pytest.raises(ValueError) as caught:
        convert_weights(tmp_path / "x.pdparams", source=asked)
    told = f"x.pdparams holds no {asked} weights; its layers are those of source {held} (--from)"
    assert str(caught.value).endswith(told)


@pytest.mark.parametrize("asked, held", [("erasenet", "contest-erasenet"), ("contest-nonlocal", "pert")])
def test_a_file_of_the_other_kind_is_named(tmp_path, small_state, asked, held) -> None:
    path, state = tmp_path / "x", small_state(held)
    if held == "pert":
        torch.save({key: torch.from_numpy(value) for key, value in state.items()}, path)
    else:
        path.write_bytes(pickle.dumps(state))
    with pytest.raises(
        ValueError, match=rf"or is truncated; its layers are those of source {held} \(--from\)$"
    ):
        convert_weights(path, source=asked)


def test_of_unknown_layers_there_is_no_guess(tmp_path) -> None:
    torch.save({"conv1.weight": torch.ones(2)}, tmp_path / "x.pth")
    with pytest.raises(ValueError, match="holds no pert weights: .*missing: .*1 left over: conv1.weight$"):
        convert_weights(tmp_path / "x.pth", source="pert")
