"""PP-OCRv6's text detector, from its ONNX file into ``restorekit.networks.pp_lcnet_v4``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

HEAD = 3
"""The file's last layers turn the neck's features into a probability of text; we go on from the features."""

Layer = tuple[Tensor, Tensor | None]


def read_convolutions(path: Path) -> list[Layer]:
    """Weight and bias of an ONNX graph's convolutions, transposed ones too, in the order they are run.

    Exporters write a bias into the convolution or add it after; both are read. Nothing is executed.

    Raises:
        FileNotFoundError: no such file.
        ModuleNotFoundError: the package onnx is not installed; the message says how to get it.
        ValueError: the file is no ONNX model.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} not found; expected the detector's ONNX file")
    try:
        import onnx
        from google.protobuf.message import DecodeError
        from onnx import numpy_helper
    except ImportError as error:
        raise ModuleNotFoundError("reading a detector needs onnx: pip install onnx") from error
    try:
        graph = onnx.load(path).graph
    except DecodeError as error:
        raise ValueError(f"{path} is no ONNX model") from error
    arrays = {
        array.name: torch.from_numpy(numpy_helper.to_array(array).copy()) for array in graph.initializer
    }
    readers: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)

    def added(name: str) -> Tensor | None:
        for node in readers.get(name, []):
            if node.op_type == "Identity" and (found := added(node.output[0])) is not None:
                return found
            constants = [arrays[i] for i in node.input if i in arrays] if node.op_type == "Add" else []
            if constants:
                return constants[0].flatten()
        return None

    return [
        (arrays[node.input[1]], arrays[node.input[2]] if len(node.input) > 2 else added(node.output[0]))
        for node in graph.node
        if node.op_type in ("Conv", "ConvTranspose") and node.input[1] in arrays
    ]


def read_text_detector(path: Path, backbone: nn.Module, neck: nn.Module) -> None:
    """Fill ``PPLCNetV4`` and ``LargeKernelPyramid`` from ``PP-OCRv6_det_small.onnx``.

    Raises:
        ValueError: the file holds another network; nothing is filled then.
        FileNotFoundError, ModuleNotFoundError: see ``read_convolutions``.
    """
    layers = [m for part in (backbone, neck) for m in part.modules() if isinstance(m, nn.Conv2d)]
    read = read_convolutions(path)[:-HEAD]
    fits = len(read) == len(layers) and all(
        weight.shape == layer.weight.shape and (bias is None) == (layer.bias is None)
        for layer, (weight, bias) in zip(layers, read, strict=True)
    )
    if not fits:
        raise ValueError(f"{path.name} is not PP-OCRv6's small text detector (PP-OCRv6_det_small.onnx)")
    with torch.no_grad():
        for layer, (weight, bias) in zip(layers, read, strict=True):
            layer.weight.copy_(weight)
            if layer.bias is not None and bias is not None:
                layer.bias.copy_(bias)
