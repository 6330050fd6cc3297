import pytest
import torch

from restorekit import precision


def test_auto_follows_the_processor(monkeypatch):
    for features, expected in [
        ({}, None),
        ({"amx_tile": True}, torch.bfloat16),
        ({"avx512_bf16": True}, torch.bfloat16),
    ]:
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda features=features: features)
        assert precision.autocast_dtype("auto", "cpu") == expected


def test_what_is_asked_for_is_given():
    assert precision.autocast_dtype("fp32", "cpu") is None
    assert precision.autocast_dtype("bf16", "cpu") == torch.bfloat16
    with pytest.raises(ValueError, match="auto, fp32, bf16; got 'fp16'"):
        precision.autocast_dtype("fp16", "cpu")
