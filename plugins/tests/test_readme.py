"""What plugins/README.md, and the README on plugins, tell a stranger to type works."""

import re
import sys
from pathlib import Path

import pytest
import torch

from restorekit.engine.config import load_config
from restorekit.registry import LOSSES, NETWORKS
from restorekit.testing import check_network
from restorekit.types import Restoration

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "plugins" / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder with the README's two files, as at the top of the repository."""
    loss, config = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "my_losses.py").write_text(loss)
    (tmp_path / "my_config.py").write_text(config)
    (tmp_path / "configs").symlink_to(REPOSITORY / "configs")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("my_losses", None)
    LOSSES.module_dict.pop("EdgeLoss", None)


def test_the_loss_in_one_file(project: Path) -> None:
    losses = load_config(project / "my_config.py").model.losses
    assert set(losses) == {"l1", "dice", "edges"}

    loss = LOSSES.build(losses.edges.to_dict())
    target = torch.zeros(1, 3, 2, 2)
    restored = torch.tensor([[0.0, 0.4], [0.0, 0.4]]).expand(1, 3, 2, 2)
    batch = dict(image=restored, target=target, mask=target[:, :1], name=["page"])
    assert loss(Restoration(restored), batch).item() == pytest.approx(0.5 * 0.4)


def test_the_network_of_the_readme_keeps_the_contract() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (source,) = (code for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "NETWORKS" in code)
    names: dict[str, object] = {}
    try:
        exec(source, names)
        check_network(lambda: NETWORKS.build(dict(type="MyNetwork", width=4)))
    finally:
        NETWORKS.module_dict.pop("MyNetwork", None)
