"""Features of VGG-16 (Simonyan and Zisserman, ICLR 2015) from a weight file that the user has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# output channels of the thirteen 3x3 convolutions, by blocks that end in a pooling
BLOCKS = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))
WHERE_FROM = (
    "the usual ImageNet file of VGG-16, e.g. torchvision's vgg16-397923af.pth (or its state dict saved as"
    " .safetensors)"
)


def _read(path: Path) -> Mapping[str, Tensor]:
    if not path.is_file():
        raise FileNotFoundError(f"no such file: {path}. It should be {WHERE_FROM}")
    try:
        if path.suffix == ".safetensors":
            from safetensors.torch import load_file

            return load_file(path)
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # damaged files end the readers with nearly any error
        raise ValueError(f"{path} cannot be read; it should be {WHERE_FROM}") from error
    if not isinstance(state, Mapping):
        raise ValueError(f"{path} holds a {type(state).__name__}; it should be {WHERE_FROM}")
    return state


class VGG16Features(nn.Module):
    """VGG-16's maps after its first poolings, frozen.

    The weights are buffers that are not saved: checkpoints stay free of them.

    Args:
        path: see ``WHERE_FROM``.
        poolings: how many, 1 to 5.

    Raises:
        FileNotFoundError: no such file.
        ValueError: it is not VGG-16's, or ``poolings`` is out of range.
    """

    def __init__(self, path: str | os.PathLike, *, poolings: int = 3) -> None:
        super().__init__()
        if not 1 <= poolings <= len(BLOCKS):
            raise ValueError(f"poolings must be 1 to {len(BLOCKS)}; got {poolings}")
        state = _read(Path(path))
        self.blocks: list[list[str]] = []
        inputs, index = 3, 0
        for block in BLOCKS[:poolings]:
            names = []
            for outputs in block:
                for leaf, shape in (("weight", (outputs, inputs, 3, 3)), ("bias", (outputs,))):
                    tensor = state.get(f"features.{index}.{leaf}")
                    if not isinstance(tensor, Tensor) or tensor.shape != shape:
                        raise ValueError(
                            f"{path} holds no features.{index}.{leaf} of shape {shape};"
                            f" it should be {WHERE_FROM}"
                        )
                    self.register_buffer(f"{leaf}_{index}", tensor.float(), persistent=False)
                names.append(str(index))
                inputs, index = outputs, index + 2  # its ReLU stands between
            self.blocks.append(names)
            index += 1  # the pooling

    def forward(self, image: Tensor) -> list[Tensor]:
        """The map after each pooling, in float32 under autocast too.

        Args:
            image: ``(N, 3, H, W)`` RGB in [0, 1]; it is *not* normalised to ImageNet's statistics, as in
                EraseNet's training.
        """
        maps = []
        with torch.autocast(image.device.type, enabled=False):
            features = image.float()
            for names in self.blocks:
                for name in names:
                    weight, bias = getattr(self, f"weight_{name}"), getattr(self, f"bias_{name}")
                    features = torch.relu(F.conv2d(features, weight, bias, padding=1))
                features = F.max_pool2d(features, 2)
                maps.append(features)
        return maps
