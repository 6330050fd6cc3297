import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from restorekit.cli import main
from restorekit.registry import NETWORKS
from restorekit.weights_folder import save_weights_folder

BLACKENING = """
import torch
from restorekit.registry import NETWORKS
from restorekit.types import Restoration

@NETWORKS.register_module()
class Blackening(torch.nn.Module):
    size_divisor, bounded_receptive_field = 1, True

    def __init__(self):
        super().__init__()
        self.level = torch.nn.Parameter(torch.zeros(1))

    def forward(self, image):
        return Restoration(image * self.level, None)
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(torch, "set_num_threads", lambda count: None)  # the process is shared by the tests
    Path("blackening.py").write_text(BLACKENING)
    state, network = {"level": torch.zeros(1)}, {"type": "Blackening"}
    save_weights_folder(
        "weights", network=network, inferencer=None, state_dict=state, task="handwriting", card=""
    )
    Image.fromarray(np.full((9, 8, 3), 240, np.uint8)).save("page.png")
    yield
    sys.modules.pop("blackening", None)
    NETWORKS.module_dict.pop("Blackening", None)


def erase(*arguments):
    return main(["erase", "page.png", "-o", "out.png", "--weights", "weights", "--device", "cpu", *arguments])


def test_a_network_of_ones_own_is_imported_by_its_module(here):
    assert erase("--full", "--plugin", "blackening") == 0
    assert not np.asarray(Image.open("out.png")).any()


@pytest.mark.parametrize("named", ["blackning", "blackening.py"])
def test_a_module_that_is_not_there_is_named(here, capsys, named):
    assert erase("--plugin", named) == 2
    told = capsys.readouterr().err
    assert f"--plugin {named}: No module named" in told and "without .py (modules in this folder need" in told
