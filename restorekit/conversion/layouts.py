"""The authors' layer names → ours, one table a network."""

from __future__ import annotations


def _residual(theirs: str, ours: str, *, downsample: bool = False) -> dict[str, str]:
    leaves = {"conv1": "conv1", "conv2": "conv2", "batch_norm2d": "norm"}
    if downsample:
        leaves["conv3"] = "shortcut"
    return {f"{theirs}.{a}": f"{ours}.{b}" for a, b in leaves.items()}


_COARSE_STAGE = {
    "conv1.conv2d": "encoder.to_half.0.0",
    "conva.conv2d": "encoder.to_half.1.0",
    "convb.conv2d": "encoder.to_quarter.0.0",
    **_residual("res1", "encoder.to_quarter.1"),
    **_residual("res2", "encoder.to_eighth.0"),
    **_residual("res3", "encoder.to_eighth.1", downsample=True),
    **_residual("res4", "encoder.to_sixteenth.0"),
    **_residual("res5", "encoder.to_sixteenth.1", downsample=True),
    **_residual("res6", "encoder.deepen"),
    **_residual("res7", "encoder.to_bottom.0", downsample=True),
    **_residual("res8", "encoder.to_bottom.1"),
    "conv2.conv2d": "encoder.to_bottom.2.0",
    **{f"deconv{i + 1}.conv2d": f"coarse.ups.{i}.0" for i in range(5)},
    **{f"lateral_connection{i + 1}.{j}": f"coarse.laterals.{i}.{j}" for i in range(4) for j in range(4)},
    "conv_o1": "coarse.quarter_head",
    "conv_o2": "coarse.half_head",
    **{f"mask_deconv_{letter}.conv2d": f"mask.ups.{i}.0" for i, letter in enumerate("abcd")},
    **{f"mask_conv_{letter}.conv2d": f"mask.convs.{i}.0" for i, letter in enumerate("abc")},
    "mask_conv_d": "mask.head",
}

ERASENET = {
    **_COARSE_STAGE,
    **{f"coarse_conv{letter}.conv2d": f"refiner.to_half.{i}.0" for i, letter in enumerate("abc")},
    **{f"coarse_conv{letter}.conv2d": f"refiner.to_quarter.{i}.0" for i, letter in enumerate("def")},
    **{f"astrous_net.{i}.conv2d": f"refiner.context.{i}.0" for i in range(4)},
    "coarse_convk.conv2d": "refiner.context.4.0",
    "coarse_convl.conv2d": "refiner.context.5.0",
    "coarse_deconva.conv2d": "refiner.up_half.0.0",
    "coarse_convm.conv2d": "refiner.up_half.1.0",
    "coarse_deconvb.conv2d": "refiner.up_full.0.0",
    "coarse_convn.0.conv2d": "refiner.up_full.1.0",
    "coarse_convn.1.conv2d": "refiner.head",
    "c1": "refiner.half_skip",
    "c2": "refiner.quarter_skip",
}


def _attention(theirs: str, ours: str) -> dict[str, str]:
    leaves = {"conv_theta": "query", "conv_phi": "key", "conv_g": "value", "conv_mask": "output"}
    return {f"{theirs}.{a}": f"{ours}.{b}" for a, b in leaves.items()}


NONLOCAL_ERASENET = {
    **_COARSE_STAGE,
    "refine.en_block1.0": "refiner.encoder.0.0",
    "refine.en_block1.2": "refiner.encoder.0.2",
    **{f"refine.en_block{i + 1}.0": f"refiner.encoder.{i}.0" for i in (1, 2, 3)},
    "refine.en_block5.0": "refiner.bottom.0",
    **_attention("refine.en_block5.2", "refiner.bottom.2"),
    "refine.en_block5.5": "refiner.bottom.5",
    **_attention("refine.en_block5.7", "refiner.bottom.7"),
    "refine.de_block1.0": "refiner.decoder.0.0",
    **_attention("refine.de_block1.2", "refiner.decoder.0.2"),
    "refine.de_block1.4": "refiner.decoder.0.4",
    **{f"refine.de_block{i + 1}.{j}": f"refiner.decoder.{i}.{j}" for i in (1, 2, 3) for j in (0, 2)},
    **{f"refine.de_block5.{j}": f"refiner.head.{j}" for j in (0, 2, 4)},
}

NONLOCAL_ERASENET_UNUSED = ("c1", "c2")
"""Layers of the dilated refinement that the entry's second model still declares."""

PERT = {
    "conv0.0": "to_half.0",
    "convb.conv2d": "to_quarter.0",
    **_residual("res1", "deepen"),
    **_residual("res2", "to_eighth", downsample=True),
    **_residual("res3", "to_sixteenth", downsample=True),
    **_residual("res4", "to_thirty_second.0"),
    **_residual("res5", "to_thirty_second.1", downsample=True),
    **_residual("res6", "to_bottom.0"),
    "conv2.conv2d": "to_bottom.1.0",
    **{f"deconv{i + 1}.conv2d": f"decoder.ups.{i}.0" for i in range(5)},
    **{f"lateral_connection{i + 1}.{j}": f"decoder.laterals.{i}.{j}" for i in range(4) for j in range(2)},
    "conv_o1": "decoder.quarter_head",
    "conv_o2": "decoder.half_head",
    **{f"sf_net.ppm.stages.{i}.{j + 1}": f"mask.pooling.stages.{i}.{j}" for i in range(4) for j in range(2)},
    **{f"sf_net.ppm.bottleneck.{j}": f"mask.pooling.bottleneck.0.{j}" for j in range(2)},
    **{f"sf_net.fpn_in.{i}.{j}": f"mask.reduce.{i}.{j}" for i in range(3) for j in range(2)},
    **{f"sf_net.fpn_out.{i}.0.{j}": f"mask.smooth.{i}.{j}" for i in range(3) for j in range(2)},
    **{f"sf_net.fpn_out_align.{i}.down_h": f"mask.align.{i}.deep" for i in range(3)},
    **{f"sf_net.fpn_out_align.{i}.down_l": f"mask.align.{i}.fine" for i in range(3)},
    **{f"sf_net.fpn_out_align.{i}.flow_make": f"mask.align.{i}.flow" for i in range(3)},
    **{f"sf_net.conv_last.0.{j}": f"mask.fuse.{j}" for j in range(2)},
    "sf_net.conv_last.1": "mask.head",
}
