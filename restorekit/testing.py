"""The contract of a network, as checks that any test can run: ours, and those of plugins.

In a plugin's tests::

    import pytest
    from restorekit.testing import NETWORK_CHECKS

    @pytest.mark.parametrize("check", NETWORK_CHECKS)
    def test_contract(check):
        check(lambda: MyNetwork(width=8))

A factory returns a freshly initialised network at each call; small widths keep the checks fast. A broken
promise raises an AssertionError that says which.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from safetensors import torch as safetensors
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils import parametrize

from restorekit.networks import fold_spectral_norm
from restorekit.types import Restoration, check_output, described

NetworkFactory = Callable[[], nn.Module]


def tensors_of(output: Restoration) -> list[Tensor]:
    """Every tensor in a network's output, its earlier iterations included."""
    own = [output.image, *([] if output.mask_logits is None else [output.mask_logits]), *output.coarse]
    return own + [tensor for step in output.iterations for tensor in tensors_of(step)]


def _build(factory: NetworkFactory, *, seed: int = 0) -> nn.Module:
    """A network in evaluation mode whose parameters are nowhere exactly zero."""
    torch.manual_seed(seed)
    network = factory()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter), alpha=0.02)
    return network.eval()


def _image(network: nn.Module, rows: int = 1, columns: int = 1, *, batch: int = 1) -> Tensor:
    """Random pages of ``rows`` by ``columns`` times the size divisor."""
    divisor = network.size_divisor
    generator = torch.Generator().manual_seed(1)
    return torch.rand(batch, 3, rows * divisor, columns * divisor, generator=generator)


def _assert_same(actual: Restoration, expected: Restoration, tolerance: float, what: str) -> None:
    pairs = list(zip(tensors_of(actual), tensors_of(expected), strict=True))
    for a, b in pairs:
        torch.testing.assert_close(
            a, b, rtol=tolerance, atol=tolerance, msg=lambda text: f"{what}: {text}", check_stride=False
        )


def check_attributes(factory: NetworkFactory) -> None:
    """``size_divisor`` is a positive int, ``bounded_receptive_field`` a bool."""
    network = factory()
    divisor = getattr(network, "size_divisor", None)
    assert isinstance(divisor, int) and divisor >= 1, f"size_divisor must be a positive int; got {divisor!r}"
    bounded = getattr(network, "bounded_receptive_field", None)
    assert isinstance(bounded, bool), f"bounded_receptive_field must be a bool; got {bounded!r}"


@torch.no_grad()
def check_shapes(factory: NetworkFactory) -> None:
    """The smallest, wide and tall pages give outputs of the shapes that ``Restoration`` promises."""
    network = _build(factory)
    for rows, columns in ((1, 1), (1, 3), (2, 1)):
        image = _image(network, rows, columns, batch=2)
        output = network(image)
        for step in (output, *getattr(output, "iterations", ())):
            try:
                check_output(network, step, image)
            except TypeError as error:
                raise AssertionError(str(error)) from error
            for page in step.coarse:
                fits = page.ndim == 4 and page.shape[:2] == (2, 3)
                assert fits, f"an image in coarse is {described(page)}; expected (2, 3, height, width)"


@torch.no_grad()
def check_padded_page(factory: NetworkFactory) -> None:
    """A page of odd sides works once it is padded to multiples of ``size_divisor``, and gives numbers."""
    network = _build(factory)
    divisor = network.size_divisor
    image = torch.rand(1, 3, divisor + 5, 2 * divisor - 3 if divisor > 3 else 7)
    bottom, right = (-side % divisor for side in image.shape[-2:])
    output = network(F.pad(image, (0, right, 0, bottom), mode="replicate"))
    assert all(torch.isfinite(tensor).all() for tensor in tensors_of(output)), "the output is not finite"


@torch.no_grad()
def check_wrong_size_is_refused(factory: NetworkFactory) -> None:
    """Sides that ``size_divisor`` does not divide, and grey pages, raise a ValueError."""
    network = _build(factory)
    divisor = network.size_divisor
    wrong = [torch.rand(1, 1, divisor, divisor), torch.rand(3, divisor, divisor)]
    if divisor > 1:
        wrong += [torch.rand(1, 3, divisor, divisor + 1), torch.rand(1, 3, 2 * divisor - 1, divisor)]
    for image in wrong:
        try:
            network(image)
            raised = "nothing"
        except ValueError:
            continue
        except Exception as error:  # torch's own, from wherever the size first mattered
            raised = f"{type(error).__name__}: {error}"
        raise AssertionError(
            f"an image of shape {tuple(image.shape)} must raise a ValueError, as"
            f" restorekit.networks.blocks.check_size does; it raised {raised}"
        )


@torch.no_grad()
def check_input_is_left_alone(factory: NetworkFactory) -> None:
    """``forward`` does not write into the page it was given."""
    network = _build(factory)
    image = _image(network)
    before = image.clone()
    network(image)
    assert torch.equal(image, before), "forward changed its input in place"


def check_gradients(factory: NetworkFactory) -> None:
    """In training, a gradient reaches every parameter."""
    network = _build(factory).train()
    output = network(_image(network, batch=2))
    torch.stack([tensor.square().mean() for tensor in tensors_of(output)]).sum().backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, f"no gradient reaches {name}"
        assert torch.isfinite(parameter.grad).all(), f"the gradient of {name} is not finite"


@torch.no_grad()
def check_save_and_load(factory: NetworkFactory) -> None:
    """A state dict that went through a safetensors file gives a second network the same output."""
    first, second = _build(factory), _build(factory, seed=2)
    image = _image(first)
    state = {name: tensor.contiguous() for name, tensor in first.state_dict().items()}
    second.load_state_dict(safetensors.load(safetensors.save(state)), strict=True)
    _assert_same(second(image), first(image), 0, "after loading")


@torch.no_grad()
def check_folding(factory: NetworkFactory) -> None:
    """``fold_spectral_norm`` keeps the output and leaves no parametrization."""
    network = _build(factory)
    image = _image(network)
    before = network(image)
    folded = fold_spectral_norm(network)
    assert not any(parametrize.is_parametrized(module) for module in folded.modules())
    _assert_same(folded(image), before, 1e-6, "after folding")


@torch.no_grad()
def check_determinism(factory: NetworkFactory) -> None:
    """In evaluation mode the same page gives the same output, and no weight or buffer changes."""
    network = _build(factory)
    image = _image(network)
    state = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    first = network(image)
    _assert_same(network(image), first, 0, "a second run")
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, state[name]), f"evaluation changed {name}"


@torch.no_grad()
def check_batch_independence(factory: NetworkFactory) -> None:
    """In evaluation mode a page's result does not depend on the others in its batch."""
    network = _build(factory)
    image = _image(network, 1, 2, batch=2)
    together = tensors_of(network(image))
    for index in range(2):
        alone = tensors_of(network(image[index : index + 1]))
        for a, b in zip(alone, together, strict=True):
            torch.testing.assert_close(
                a, b[index : index + 1], rtol=1e-5, atol=1e-5, msg=lambda text: f"beside others: {text}"
            )


@torch.no_grad()
def check_channels_last(factory: NetworkFactory) -> None:
    """The memory format ``channels_last`` gives the same output to 1e-5."""
    network = _build(factory)
    image = _image(network, 1, 2)
    expected = network(image)
    network = network.to(memory_format=torch.channels_last)
    _assert_same(network(image.to(memory_format=torch.channels_last)), expected, 1e-5, "channels_last")


def check_bfloat16(factory: NetworkFactory) -> None:
    """Under bfloat16 autocast it trains, and its image stays near that of float32."""
    network = _build(factory)
    image = _image(network, batch=2)
    with torch.no_grad():
        exact = network(image).image
    with torch.autocast("cpu", torch.bfloat16):
        restored = network(image).image.float()
    spread = exact.std().item() + 1e-3
    error = (restored - exact).abs().mean().item()
    assert error < 0.1 * spread, (
        f"bfloat16 is off by {error:.3g} in the mean; the image spreads by {spread:.3g}"
    )
    with torch.autocast("cpu", torch.bfloat16):
        output = network.train()(image)
    torch.stack([tensor.float().square().mean() for tensor in tensors_of(output)]).sum().backward()
    for name, parameter in network.named_parameters():
        reached = parameter.grad is not None and torch.isfinite(parameter.grad).all()
        assert reached, f"under bfloat16 no finite gradient reaches {name}"


def check_export(factory: NetworkFactory) -> None:
    """``torch.export`` takes the folded network, and its program gives the same output."""
    network = fold_spectral_norm(_build(factory))
    image = _image(network)
    with torch.no_grad():
        program = torch.export.export(network, (image,), strict=False)
        _assert_same(program.module()(image), network(image), 1e-5, "the exported program")


NETWORK_CHECKS: tuple[Callable[[NetworkFactory], None], ...] = (
    check_attributes,
    check_shapes,
    check_padded_page,
    check_wrong_size_is_refused,
    check_input_is_left_alone,
    check_gradients,
    check_save_and_load,
    check_folding,
    check_determinism,
    check_batch_independence,
    check_channels_last,
    check_bfloat16,
    check_export,
)


def check_network(factory: NetworkFactory) -> None:
    """Run every check of the contract; see the module's docstring."""
    for check in NETWORK_CHECKS:
        check(factory)
