import pytest
import torch
from mmengine.optim import OptimWrapper, OptimWrapperDict

from restorekit.datasets import EndlessSamples
from restorekit.engine.train_loop import batches_a_step
from restorekit.engine.training import train

SGD = {"type": "SGD", "lr": 0.5, "_delete_": True}
L1 = {"own": {"type": "L1Loss"}, "_delete_": True}


def trained(config, work_dir, options, **arguments):
    """The last checkpoint of a training."""
    train(str(config), work_dir=str(work_dir), options=options, **arguments)
    newest = max(work_dir.glob("iter_*.pth"), key=lambda path: int(path.stem[5:]))
    return torch.load(newest, weights_only=True)


def test_what_a_network_draws_depends_on_the_process(tiny_config, tmp_path, normed, monkeypatch):
    states = []
    for rank in (0, 0, 1):
        monkeypatch.setattr("restorekit.engine.train_loop.get_rank", lambda rank=rank: rank)
        options = normed | {"train_cfg.max_iters": 1}
        states.append(trained(tiny_config, tmp_path / str(len(states)), options)["state_dict"])
    first, again, other = (state["network.layers.2.weight"] for state in states)
    assert torch.equal(first, again) and not torch.equal(first, other)


@pytest.mark.filterwarnings("error:Detected call of `scheduler.step")
def test_several_batches_a_step_train_as_one_of_their_size(tiny_config, tmp_path):
    options = {"optim_wrapper.optimizer": SGD, "model.losses": L1}
    large = {"train_dataloader.batch_size": 6}
    small = {"train_dataloader.batch_size": 2, "optim_wrapper.accumulative_counts": 3}
    expected, result = (
        trained(tiny_config, tmp_path / name, options | sizes)
        for name, sizes in {"large": large, "small": small}.items()
    )
    for part in ("state_dict", "ema_state_dict"):
        for key, value in expected[part].items():
            torch.testing.assert_close(result[part][key], value, rtol=0, atol=1e-6)
    assert result["meta"]["iter"] == 4 and result["ema_state_dict"]["steps"] == 4
    assert result["param_schedulers"] == expected["param_schedulers"]
    losses, others = (
        checkpoint["message_hub"]["log_scalars"]["train/loss"]["log_history"]
        for checkpoint in (result, expected)
    )
    torch.testing.assert_close(losses, others, rtol=1e-5, atol=0)


def test_several_batches_a_step_are_resumed_bit_for_bit(tiny_config, tmp_path):
    options = {"optim_wrapper.accumulative_counts": 3}
    expected = trained(tiny_config, tmp_path / "whole", options)["state_dict"]
    trained(tiny_config, tmp_path / "half", options | {"train_cfg.max_iters": 2})
    resumed = trained(tiny_config, tmp_path / "half", options, resume=True)["state_dict"]
    assert all(torch.equal(value, resumed[key]) for key, value in expected.items())


def test_a_resumed_training_goes_on_with_the_next_sample_in_batches_of_another_size(
    tiny_config, tmp_path, monkeypatch
):
    drawn, draw = [], EndlessSamples.__getitem__
    monkeypatch.setattr(EndlessSamples, "__getitem__", lambda self, n: drawn.append(n) or draw(self, n))
    trained(tiny_config, tmp_path / "work", {"train_cfg.max_iters": 2, "train_dataloader.batch_size": 3})
    assert drawn == [0, 1, 2, 3, 4, 5]
    for size, steps, expected in ((1, 3, [6]), (2, 4, [7, 8])):  # counted on from what is not of one size
        drawn.clear()
        options = {"train_cfg.max_iters": steps, "train_dataloader.batch_size": size}
        trained(tiny_config, tmp_path / "work", options, resume=True)
        assert drawn == expected


def test_the_last_values_of_what_is_logged_are_kept_and_no_more(tiny_config, tmp_path, monkeypatch):
    whole = trained(tiny_config, tmp_path / "whole", {})["message_hub"]["log_scalars"]
    monkeypatch.setattr("restorekit.engine.train_loop.VALUES_KEPT", 3)
    kept = trained(tiny_config, tmp_path / "kept", {})["message_hub"]["log_scalars"]
    for name in ("train/loss", "train/lr"):
        assert len(whole[name]["log_history"]) == 4
        assert torch.equal(kept[name]["log_history"], whole[name]["log_history"][-3:])


def test_a_number_of_batches_may_be_written_as_a_fraction():
    wrapper = OptimWrapper(torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1), 2.0)
    assert repr(batches_a_step(wrapper)) == "2"


def test_two_optimisers_step_by_as_many_batches():
    def wrapper(counts):
        return OptimWrapper(torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1), counts)

    assert batches_a_step(wrapper(5)) == 5
    assert batches_a_step(OptimWrapperDict(network=wrapper(5), discriminator=wrapper(5))) == 5
    with pytest.raises(ValueError, match="steps by 1 and 5 batches: give .* the same accumulative_counts"):
        batches_a_step(OptimWrapperDict(network=wrapper(5), discriminator=wrapper(1)))
