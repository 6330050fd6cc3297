"""The one model class: a network, its named losses, and how it predicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from mmengine.model import BaseDataPreprocessor, BaseModel
from torch import Tensor, nn

from restorekit.images import unit_range
from restorekit.inferencers import Chain, predictor
from restorekit.precision import Precision, autocast_dtype
from restorekit.registry import LOSSES, MODELS, NETWORKS
from restorekit.types import Batch, Restoration, check_batch, check_output, described


class UnitRangePreprocessor(BaseDataPreprocessor):
    """Moves a batch to the device and brings what comes as bytes there to [0, 1]."""

    def __init__(self) -> None:
        super().__init__(non_blocking=True)

    def forward(self, data: dict[str, Any], training: bool = False) -> dict[str, Any]:
        """A collated batch, its tensors on the device and float32.

        Raises:
            TypeError, ValueError: it breaks its contract; see ``restorekit.types.check_batch``.
        """
        check_batch(data)
        data = super().forward(data, training)
        return {key: unit_range(x) if isinstance(x, Tensor) else x for key, x in data.items()}


@MODELS.register_module()
class RestorationModel(BaseModel):
    """What the Runner trains and tests.

    Autocast stands here and not in the optimiser wrapper, so that training, validation and test run in the
    same precision, on a CPU as on a GPU; losses are computed outside it, in float32. Weights and images are
    in the memory format ``channels_last``, in which convolutions are fastest.

    Args:
        network: network config (or a built network).
        losses: ``{name: loss config}``; a child config turns one off with ``name=None``. Each is logged as
            ``loss_NAME``, its weight included, and their sum as ``loss``.
        precision: ``'auto'``, ``'fp32'`` or ``'bf16'``; see ``restorekit.precision``.
        data_preprocessor: mmengine's; the default is ``UnitRangePreprocessor``.

    Raises:
        TypeError: the network lacks ``size_divisor`` or ``bounded_receptive_field``.
        ValueError: there is no such ``precision``.
    """

    def __init__(
        self,
        *,
        network: dict | nn.Module,
        losses: Mapping[str, Any] | None = None,
        precision: Precision = "auto",
        data_preprocessor: dict | nn.Module | None = None,
    ) -> None:
        super().__init__(data_preprocessor=data_preprocessor or UnitRangePreprocessor())
        self.network = network if isinstance(network, nn.Module) else NETWORKS.build(network)
        for name, kind in (("size_divisor", int), ("bounded_receptive_field", bool)):
            if not isinstance(getattr(self.network, name, None), kind):
                raise TypeError(
                    f"{type(self.network).__name__} needs an attribute {name}, of type {kind.__name__}"
                )
        self.losses = nn.ModuleDict(
            {name: LOSSES.build(loss) for name, loss in (losses or {}).items() if loss is not None}
        )
        self.precision = precision
        autocast_dtype(precision, "cpu")  # a wrong name fails here and not after the data is loaded
        self.network.to(memory_format=torch.channels_last)
        self.inferencer = Chain(inferencers=[])

    def set_inferencer(self, inferencer: Any) -> None:
        """Predict through ``inferencer`` (a config, or built) from now on; None: the whole image at once."""
        self.inferencer = Chain(inferencers=[] if inferencer is None else [inferencer])

    def forward(
        self,
        image: Tensor,
        target: Tensor | None = None,
        mask: Tensor | None = None,
        name: list[str] | None = None,
        mode: str = "predict",
    ) -> Any:
        """Run one batch; the arguments are those of ``restorekit.types.Batch``.

        Args:
            image: ``(N, 3, H, W)`` in [0, 1].
            target: as ``image``; needed by the losses.
            mask: ``(N, 1, H, W)``; needed by the losses that weigh ink.
            name: page names.
            mode: ``'loss'`` gives ``{loss_NAME: scalar}``, ``'predict'`` what a ``Predict`` gives,
                ``'tensor'`` the network's ``Restoration``.

        Raises:
            ValueError: another mode, or losses are asked for and there are none.
            TypeError: the network or a loss breaks its contract; the message says how.
        """
        if mode == "loss":
            if not self.losses:
                raise ValueError("the model has no losses: name some in model.losses of the config")
            batch: Any = Batch(image=image, target=target, mask=mask, name=name or [])
            return self.compute_losses(self.run_network(image), batch)
        if mode == "predict":
            dtype = autocast_dtype(self.precision, image.device)
            return self.inferencer(predictor(self.network, autocast_dtype=dtype), image)
        if mode == "tensor":
            return self.run_network(image)
        raise ValueError(f"mode must be 'loss', 'predict' or 'tensor'; got {mode!r}")

    def compute_losses(self, output: Restoration, batch: Batch) -> dict[str, Tensor]:
        """``{loss_NAME: scalar}``; a TypeError names what gives anything else, or all if none teaches."""
        values = {key: loss(output, batch) for key, loss in self.losses.items()}
        for key, value in values.items():
            if not isinstance(value, Tensor) or value.ndim > 0:
                raise TypeError(
                    f"model.losses.{key}: {type(self.losses[key]).__name__} gave {described(value)};"
                    " forward(output, batch) must return a scalar, such as a mean"
                )
        teaches = any(value.requires_grad for value in values.values())
        if values and torch.is_grad_enabled() and not teaches:
            raise TypeError(
                f"no gradient flows from {' and '.join(values)} in model.losses to the network: a loss is"
                " made of output's tensors by torch alone, without item(), detach(), numpy or no_grad()"
            )
        return {f"loss_{key}": value for key, value in values.items()}

    def run_network(self, image: Tensor) -> Restoration:
        """The network's ``Restoration`` of a batch, under autocast; a TypeError where it is none."""
        dtype = autocast_dtype(self.precision, image.device)
        with torch.autocast(image.device.type, dtype, enabled=dtype is not None):
            output = self.network(image.contiguous(memory_format=torch.channels_last))
        check_output(self.network, output, image)
        return output
