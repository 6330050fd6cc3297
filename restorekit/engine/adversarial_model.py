"""The restoration model with a discriminator beside it, as EraseNet is trained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from mmengine.dist import all_reduce_params, broadcast
from mmengine.model import is_model_wrapper
from mmengine.optim import OptimWrapper, OptimWrapperDict
from mmengine.registry import MODEL_WRAPPERS, OPTIM_WRAPPER_CONSTRUCTORS, OPTIM_WRAPPERS, OPTIMIZERS
from torch import Tensor, nn

from restorekit.engine.restoration_model import RestorationModel
from restorekit.losses.functional import hinge_discriminator
from restorekit.networks import PatchDiscriminator
from restorekit.precision import Precision, autocast_dtype
from restorekit.registry import MODELS

PARTS = ("network", "discriminator")


@MODELS.register_module()
class AdversarialModel(RestorationModel):
    """A ``RestorationModel`` whose network also learns to please a discriminator.

    Each step trains the discriminator by the hinge of its batch means, then the network by its losses and
    ``-adversarial_weight * mean score`` (logged as ``loss_adversarial``; the discriminator's own loss as
    ``discriminator``). It wants two optimisers (``AdversarialOptimizers``), crops of at least 256 px, a
    multiple of 64, and in several processes ``AdversarialWrapper``. To predict, it is a ``RestorationModel``;
    that is why it derives from one.

    Args:
        network: see ``RestorationModel``; so are ``losses``, ``precision`` and ``data_preprocessor``.
        losses: see ``network``.
        adversarial_weight: EraseNet's is 0.1.
        discriminator_width: see ``PatchDiscriminator``.
        precision: see ``network``.
        data_preprocessor: see ``network``.
    """

    def __init__(
        self,
        *,
        network: dict | nn.Module,
        losses: Mapping[str, Any] | None = None,
        adversarial_weight: float = 0.1,
        discriminator_width: int = 64,
        precision: Precision = "auto",
        data_preprocessor: dict | nn.Module | None = None,
    ) -> None:
        super().__init__(
            network=network,
            losses=losses,
            precision=precision,
            data_preprocessor=data_preprocessor,
        )
        self.adversarial_weight = adversarial_weight
        self.discriminator = PatchDiscriminator(width=discriminator_width)
        self.discriminator.to(memory_format=torch.channels_last)

    def score(self, image: Tensor, mask: Tensor) -> Tensor:
        """The discriminator's mean score of a batch in (0, 1), under the network's autocast."""
        dtype = autocast_dtype(self.precision, image.device)
        with torch.autocast(image.device.type, dtype, enabled=dtype is not None):
            image = image.contiguous(memory_format=torch.channels_last)
            return self.discriminator(image, mask).mean()

    def train_step(self, data: dict, optim_wrapper: OptimWrapperDict) -> dict[str, Tensor]:
        """One step of the discriminator, then one of the network.

        Raises:
            TypeError: one optimiser instead of two.
        """
        if not isinstance(optim_wrapper, OptimWrapperDict):
            raise TypeError(
                "AdversarialModel trains with two optimisers: optim_wrapper=dict(constructor="
                "'AdversarialOptimizers', network=dict(...), discriminator=dict(...)), with _delete_=True"
                " where a base config has one"
            )
        batch = self.data_preprocessor(data, True)
        output = self.run_network(batch["image"])

        self.discriminator.requires_grad_(True)
        real = self.score(batch["target"], batch["mask"])
        fake = self.score(output.image.detach(), batch["mask"])
        separation = hinge_discriminator(real, fake)
        _update(optim_wrapper["discriminator"], separation)

        self.discriminator.requires_grad_(False)  # it passes the gradient on and keeps none
        losses = self.compute_losses(output, batch)
        losses["loss_adversarial"] = -self.adversarial_weight * self.score(output.image, batch["mask"])
        total, logged = self.parse_losses(losses)
        _update(optim_wrapper["network"], total)
        return {**logged, "discriminator": separation.detach()}


def _update(optimizer: OptimWrapper, loss: Tensor) -> None:
    """``OptimWrapper.update_params``, by the mean gradient of all processes."""
    optimizer.backward(optimizer.scale_loss(loss))
    if optimizer.should_update():
        weights = (weight for group in optimizer.optimizer.param_groups for weight in group["params"])
        all_reduce_params([one.grad for one in weights if one.grad is not None], op="mean")
        optimizer.step()
        optimizer.zero_grad()


@MODEL_WRAPPERS.register_module()
class AdversarialWrapper(nn.Module):
    """An ``AdversarialModel`` in several processes, as a config's ``model_wrapper_cfg`` names it.

    The model averages its gradients itself: torch's wrapper does so in the backward pass of one forward pass,
    and a discriminator has three.

    Args:
        module: the model; all processes begin with the weights of the first.
    """

    def __init__(self, module: AdversarialModel) -> None:
        super().__init__()
        self.module = module
        for value in module.state_dict().values():
            broadcast(value)

    def train_step(self, data: dict, optim_wrapper: OptimWrapperDict) -> dict[str, Tensor]:
        """See ``AdversarialModel``."""
        return self.module.train_step(data, optim_wrapper)

    def val_step(self, data: dict) -> Tensor:
        """See ``RestorationModel``."""
        return self.module.val_step(data)


@OPTIM_WRAPPER_CONSTRUCTORS.register_module()
class AdversarialOptimizers:
    """Builds ``OptimWrapper``s for an ``AdversarialModel``'s network and its discriminator.

    mmengine calls it with the config's ``optim_wrapper``, less ``constructor``.

    Args:
        optim_wrapper_cfg: ``{"network": config, "discriminator": config}``; each has an ``optimizer`` and
            what an ``OptimWrapper`` takes besides.
        paramwise_cfg: not supported; mmengine passes it by name.

    Raises:
        ValueError: other keys, or a ``paramwise_cfg``.
    """

    def __init__(self, optim_wrapper_cfg: dict, paramwise_cfg: dict | None = None) -> None:
        if set(optim_wrapper_cfg) != set(PARTS) or paramwise_cfg:
            raise ValueError(
                f"AdversarialOptimizers takes a config for each of {', '.join(PARTS)} and no paramwise_cfg;"
                f" got {', '.join(sorted(optim_wrapper_cfg))}"
            )
        self.configs = optim_wrapper_cfg

    def __call__(self, model: AdversarialModel | AdversarialWrapper) -> OptimWrapperDict:
        """The two optimisers of ``model``.

        Raises:
            TypeError: ``model`` is in another wrapper, whose step has one optimiser.
        """
        if isinstance(model, AdversarialWrapper):
            model = model.module
        if is_model_wrapper(model):
            raise TypeError(
                "AdversarialModel trains in several processes with"
                " model_wrapper_cfg=dict(type='AdversarialWrapper') in its config"
            )
        return OptimWrapperDict(**{part: self._wrapper(model, part) for part in PARTS})

    def _wrapper(self, model: AdversarialModel, part: str) -> OptimWrapper:
        config = {"type": "OptimWrapper", **self.configs[part]}
        optimizer = OPTIMIZERS.build({**config.pop("optimizer"), "params": getattr(model, part).parameters()})
        return OPTIM_WRAPPERS.build({**config, "optimizer": optimizer})
