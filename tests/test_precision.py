import pytest
import torch

from restorekit import precision


@pytest.mark.parametrize(
    ("amx", "avx512", "expected"),
    [(False, False, None), (True, False, torch.bfloat16), (False, True, torch.bfloat16)],
)
def test_auto_follows_the_processor_with_the_oldest_torch_too(monkeypatch, amx, avx512, expected):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)  # torch 2.6 to 2.10 have none
    for probe, answer in zip(precision.CPU_PROBES, (amx, avx512), strict=True):
        monkeypatch.setattr(torch.cpu, probe, lambda answer=answer: answer)
    assert precision.autocast_dtype("auto", "cpu") == expected


def test_auto_is_float32_where_torch_does_not_tell(monkeypatch):
    for probe in precision.CPU_PROBES:
        monkeypatch.delattr(torch.cpu, probe)  # raises for a torch that has it no more
    assert precision.autocast_dtype("auto", "cpu") is None


def test_auto_asks_the_gpu_that_is_named_and_not_the_current_one(monkeypatch):
    capabilities = {"cuda:0": (9, 0), "cuda:1": (7, 5)}  # below 8.0 bfloat16 is emulated
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capabilities[str(device)])
    assert precision.autocast_dtype("auto", torch.device("cuda:0")) == torch.bfloat16
    assert precision.autocast_dtype("auto", torch.device("cuda:1")) is None


def test_auto_is_float32_on_other_devices():
    assert precision.autocast_dtype("auto", "mps") is None


def test_what_is_asked_for_is_given():
    assert precision.autocast_dtype("fp32", "cpu") is None
    assert precision.autocast_dtype("bf16", "cpu") == torch.bfloat16
    with pytest.raises(ValueError, match="auto, fp32, bf16; got 'fp16'"):
        precision.autocast_dtype("fp16", "cpu")
