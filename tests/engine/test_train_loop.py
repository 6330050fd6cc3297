import torch

from restorekit.engine.training import train


def test_what_a_network_draws_depends_on_the_process(tiny_config, tmp_path, normed, monkeypatch):
    states = []
    for rank in (0, 0, 1):
        monkeypatch.setattr("restorekit.engine.train_loop.get_rank", lambda rank=rank: rank)
        work_dir = tmp_path / str(len(states))
        train(str(tiny_config), work_dir=str(work_dir), options=normed | {"train_cfg.max_iters": 1})
        states.append(torch.load(work_dir / "iter_1.pth", weights_only=True)["state_dict"])
    first, again, other = (state["network.layers.2.weight"] for state in states)
    assert torch.equal(first, again) and not torch.equal(first, other)
