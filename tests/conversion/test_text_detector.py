import onnx
import pytest
import torch
from onnx import TensorProto, helper

from restorekit.conversion.text_detector import HEAD, read_convolutions, read_text_detector
from restorekit.networks.pp_lcnet_v4 import LargeKernelPyramid, PPLCNetV4


def write(path, layers):
    """An ONNX file of convolutions: every second bias in one, the others added after an identity."""
    nodes, arrays = [], []
    for index, (weight, bias) in enumerate(layers):
        inputs = [f"x{index}", f"w{index}"]
        arrays.append(
            helper.make_tensor(f"w{index}", TensorProto.FLOAT, weight.shape, weight.flatten().tolist())
        )
        if bias is not None:
            shape = bias.shape if index % 2 else (1, -1, 1, 1)
            arrays.append(
                helper.make_tensor(f"b{index}", TensorProto.FLOAT, bias.view(shape).shape, bias.tolist())
            )
        if bias is not None and index % 2:
            nodes.append(helper.make_node("Conv", [*inputs, f"b{index}"], [f"x{index + 1}"]))
            continue
        nodes.append(helper.make_node("Conv", inputs, [f"c{index}"]))
        nodes.append(helper.make_node("Identity", [f"c{index}"], [f"i{index}"]))
        if bias is not None:
            nodes.append(helper.make_node("Add", [f"i{index}", f"b{index}"], [f"x{index + 1}"]))
        else:
            nodes.append(helper.make_node("Add", [f"i{index}", f"x{index}"], [f"x{index + 1}"]))
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("x0", f"x{len(layers)}")
    ]
    onnx.save(helper.make_model(helper.make_graph(nodes, "net", ends[:1], ends[1:], arrays)), path)
    return path


def layers_of(*parts):
    return [m for part in parts for m in part.modules() if isinstance(m, torch.nn.Conv2d)]


def test_weights_and_biases_come_in_the_order_of_the_graph(tmp_path):
    layers = [
        (torch.rand(2, 3, 1, 1), torch.rand(2)),
        (torch.rand(4, 2, 1, 1), torch.rand(4)),
        (torch.rand(1, 4, 3, 3), None),
    ]
    read = read_convolutions(write(tmp_path / "net.onnx", layers))
    for (weight, bias), (expected_weight, expected_bias) in zip(read, layers, strict=True):
        torch.testing.assert_close(weight, expected_weight)
        assert bias is None if expected_bias is None else torch.equal(bias, expected_bias)


def test_a_detector_fills_backbone_and_neck_and_its_head_is_left(tmp_path):
    source, target = (PPLCNetV4(), LargeKernelPyramid()), (PPLCNetV4(), LargeKernelPyramid())
    layers = [(m.weight.data, None if m.bias is None else m.bias.data) for m in layers_of(*source)]
    path = write(tmp_path / "det.onnx", layers + HEAD * [(torch.rand(1, 1, 1, 1), None)])
    read_text_detector(path, *target)
    image = torch.rand(1, 3, 32, 32)
    assert torch.equal(target[1](target[0](image)), source[1](source[0](image)))


def test_other_networks_and_files_are_refused_and_nothing_is_filled(tmp_path):
    backbone, neck = PPLCNetV4(), LargeKernelPyramid()
    before = backbone.stem1.weight.clone()
    path = write(tmp_path / "other.onnx", [(torch.rand(24, 3, 3, 3), torch.rand(24))] * 5)
    with pytest.raises(ValueError, match="other.onnx is not PP-OCRv6's small text detector"):
        read_text_detector(path, backbone, neck)
    assert torch.equal(backbone.stem1.weight, before)
    constant = helper.make_node("Conv", ["x0", "w"], ["x1"])  # whose weight is no initializer
    onnx.save(helper.make_model(helper.make_graph([constant], "net", [], [])), path)
    assert read_convolutions(path) == []
    (tmp_path / "text.onnx").write_text("not a model")
    with pytest.raises(ValueError, match="is no ONNX model"):
        read_convolutions(tmp_path / "text.onnx")
    with pytest.raises(FileNotFoundError, match="expected the detector's ONNX file"):
        read_convolutions(tmp_path / "none.onnx")


def test_without_onnx_the_message_says_how_to_get_it(tmp_path, monkeypatch):
    path = write(tmp_path / "net.onnx", [(torch.rand(2, 3, 1, 1), torch.rand(2))])
    monkeypatch.setitem(__import__("sys").modules, "onnx", None)
    with pytest.raises(ModuleNotFoundError, match="pip install onnx"):
        read_convolutions(path)
