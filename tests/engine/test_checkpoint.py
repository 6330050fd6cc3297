from pathlib import Path

import numpy as np
import pytest
import torch
from mmengine.logging import HistoryBuffer

from restorekit.engine.checkpoint import (
    latest_checkpoint,
    load_checkpoint,
    plain_checkpoint,
    restore_checkpoint,
)


def checkpoint_of_mmengine():
    buffer = HistoryBuffer([1.0, 2.0], [1, 1], max_length=100)
    return {
        "meta": {"iter": np.int64(3), "cfg": "import os", "seed": 0},
        "message_hub": {"log_scalars": {"loss": buffer}, "runtime_info": {"lr": np.float64(0.1)}},
        "state_dict": {"network.weight": torch.ones(2)},
    }


def test_a_plain_checkpoint_survives_weights_only_loading(tmp_path):
    checkpoint = checkpoint_of_mmengine()
    plain_checkpoint(checkpoint)
    torch.save(checkpoint, tmp_path / "iter_3.pth")
    loaded = load_checkpoint(str(tmp_path / "iter_3.pth"))
    restore_checkpoint(loaded)
    assert loaded["meta"] == {"iter": 3, "seed": 0}
    buffer = loaded["message_hub"]["log_scalars"]["loss"]
    assert buffer.mean(2) == 1.5 and buffer.max_length == 100
    assert loaded["message_hub"]["runtime_info"]["lr"] == 0.1


def test_a_checkpoint_comes_to_the_cpu_wherever_mmengine_wants_it(tmp_path):
    checkpoint = checkpoint_of_mmengine()
    plain_checkpoint(checkpoint)
    torch.save(checkpoint, tmp_path / "iter_3.pth")
    loaded = load_checkpoint(
        str(tmp_path / "iter_3.pth"), "meta"
    )  # of all devices, every machine has this one
    assert torch.equal(loaded["state_dict"]["network.weight"], torch.ones(2))
    restore_checkpoint(loaded)
    assert loaded["message_hub"]["log_scalars"]["loss"].mean(2) == 1.5


class Trap:
    """Runs code where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_code_in_a_checkpoint_does_not_run(tmp_path):
    torch.save({"state_dict": {}, "meta": Trap(tmp_path / "ran")}, tmp_path / "iter_1.pth")
    with pytest.raises(ValueError, match="iter_1.pth is damaged, or no checkpoint of restorekit"):
        load_checkpoint(str(tmp_path / "iter_1.pth"))
    assert not (tmp_path / "ran").exists()
    torch.load(tmp_path / "iter_1.pth", weights_only=False)
    assert (tmp_path / "ran").exists()


def test_the_text_of_a_config_is_dropped_from_checkpoints_of_others():
    checkpoint = {"meta": {"config": "raise SystemExit", "cfg": "raise SystemExit"}}
    restore_checkpoint(checkpoint)
    assert checkpoint == {"meta": {}}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_checkpoint_that_is_cut_short_is_named_with_the_mend(tmp_path, share):
    path = tmp_path / "iter_4.pth"
    torch.save({"state_dict": {f"network.{n}": torch.ones(500) for n in range(9)}, "meta": {}}, path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(
        ValueError, match=r"iter_4.pth is damaged, .*Move it away, and resuming \(--resume\) goes on"
    ):
        load_checkpoint(str(path))


def test_weights_that_are_none_are_named(tmp_path):
    torch.save({"weight": torch.ones(2)}, tmp_path / "theirs.pth")
    with pytest.raises(ValueError, match=r"theirs.pth .* has no state_dict.* restorekit convert"):
        load_checkpoint(str(tmp_path / "theirs.pth"))
    (tmp_path / "cut.safetensors").write_bytes(b"1234")
    with pytest.raises(ValueError, match=r"cut.safetensors is damaged"):
        load_checkpoint(str(tmp_path / "cut.safetensors"))


@pytest.mark.parametrize("address", ["http://a/b.pth", "https://a/b.pth", "s3://a/b", "torchvision://vgg16"])
def test_remote_weights_are_refused(address):
    with pytest.raises(ValueError, match="remote address"):
        load_checkpoint(address)


def test_the_latest_checkpoint_is_the_one_of_most_iterations(tmp_path):
    assert latest_checkpoint(tmp_path) is None
    for name in ("iter_900.pth", "iter_1000.pth", "iter_x.pth", "epoch_2000.pth"):
        (tmp_path / name).touch()
    assert latest_checkpoint(tmp_path) == tmp_path / "iter_1000.pth"
