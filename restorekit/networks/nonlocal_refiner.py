"""The Non-Local refinement of the contest entry's model two: a deep encoder-decoder with attention."""

from __future__ import annotations

from typing import Literal, get_args

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Attention = Literal["contest", "textbook"]
CONTEST_KEY_CHUNK = 2048


def contest_attention(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Attention as the contest entry has it: unscaled, softmax over the *queries*.

    Computed by chunks of keys, each of which is complete in itself, so that memory grows with the number
    of tokens and not with its square; and in float32 under autocast too, for without a scale the products
    are large, and bfloat16 would round them by more than a softmax bears.

    Args:
        query: ``(N, C, T)``; so are ``key`` and ``value``.
        key: see ``query``.
        value: see ``query``.

    Returns:
        ``(N, C, T)``, float32 or as exact as what came.
    """
    dtype = torch.promote_types(query.dtype, torch.float32)
    query, key, value = query.to(dtype), key.to(dtype), value.to(dtype)
    total = torch.zeros_like(value)
    with torch.autocast(query.device.type, enabled=False):
        for start in range(0, key.shape[-1], CONTEST_KEY_CHUNK):
            part = slice(start, start + CONTEST_KEY_CHUNK)
            weights = torch.softmax(query.transpose(1, 2) @ key[..., part], dim=1)
            total = total + value[..., part] @ weights.transpose(1, 2)
    return total


class NonLocalBlock(nn.Module):
    """Non-Local block: the input plus attention over all its pixels (Wang et al., CVPR 2018).

    Args:
        channels: of input and output; the attention's inner width is half of it.
        attention: ``'textbook'`` is scaled dot-product attention, one token a pixel, softmax over the
            keys. ``'contest'`` is what the entry's released weights were trained with: the inner maps
            ``(N, C/2, H, W)`` are reshaped to ``(N, C, HW/2)``, so a token stacks pixel p with pixel
            p + HW/2; no scale; softmax over the queries. It needs an even number of pixels.

    Raises:
        ValueError: at construction for another ``attention``; in ``forward`` for an odd number of pixels
            with ``'contest'``.
    """

    def __init__(self, channels: int, *, attention: Attention) -> None:
        super().__init__()
        if attention not in get_args(Attention):
            raise ValueError(f"attention must be 'contest' or 'textbook'; got {attention!r}")
        self.contest = attention == "contest"
        self.query = nn.Conv2d(channels, channels // 2, 1, bias=False)
        self.key = nn.Conv2d(channels, channels // 2, 1, bias=False)
        self.value = nn.Conv2d(channels, channels // 2, 1, bias=False)
        self.output = nn.Conv2d(channels // 2, channels, 1, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        """``(N, C, H, W)`` to the same shape."""
        n, channels, height, width = features.shape
        query, key, value = self.query(features), self.key(features), self.value(features)
        if self.contest:
            if height * width % 2:
                raise ValueError(
                    f"the contest form of attention pairs pixels, but the map is {height}x{width}:"
                    " an odd number; pad the image, or use attention='textbook'"
                )
            tokens = [t.contiguous().reshape(n, channels, -1) for t in (query, key, value)]
            attended = contest_attention(*tokens)
        else:
            tokens = [t.flatten(2).transpose(1, 2)[:, None] for t in (query, key, value)]
            attended = F.scaled_dot_product_attention(*tokens)[:, 0].transpose(1, 2)
        return features + self.output(attended.reshape(n, channels // 2, height, width))


def _convs(*widths: int) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for inputs, outputs in zip(widths, widths[1:], strict=False):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.LeakyReLU(0.1)]
    return layers


class NonLocalRefiner(nn.Module):
    """Encoder-decoder of five levels over the coarse page, with skips from the coarse stage's encoder.

    Args:
        width: channels of the encoder (the decoder has twice as many); the contest entry's is 96.
        skip_widths: channels of the coarse encoder's maps at 1/4, 1/8 and 1/16.
        attention: see ``NonLocalBlock``.
    """

    def __init__(self, width: int, *, skip_widths: tuple[int, int, int], attention: Attention) -> None:
        super().__init__()
        w = width
        pool, up, act = nn.MaxPool2d(2), nn.Upsample(scale_factor=2, mode="nearest"), nn.LeakyReLU(0.1)
        self.encoder = nn.ModuleList(
            nn.Sequential(*convs, pool) for convs in (_convs(3, w, w), *(_convs(w, w) for _ in range(3)))
        )
        self.bottom = nn.Sequential(
            *_convs(w, w),
            NonLocalBlock(w, attention=attention),
            act,
            pool,
            *_convs(w, w),
            NonLocalBlock(w, attention=attention),
            act,
            up,
        )
        quarter, eighth, sixteenth = skip_widths
        self.decoder = nn.ModuleList(
            [
                nn.Sequential(
                    *_convs(2 * w + sixteenth, 2 * w),
                    NonLocalBlock(2 * w, attention=attention),
                    act,
                    *_convs(2 * w, 2 * w),
                    up,
                ),
                nn.Sequential(*_convs(3 * w + eighth, 2 * w, 2 * w), up),
                nn.Sequential(*_convs(3 * w + quarter, 2 * w, 2 * w), up),
                nn.Sequential(*_convs(3 * w, 2 * w, 2 * w), up),
            ]
        )
        self.head = nn.Sequential(*_convs(2 * w + 3, 64, 32), nn.Conv2d(32, 3, 3, padding=1))

    def forward(self, coarse: Tensor, skips: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """The coarse page ``(N, 3, H, W)`` and the maps at 1/4, 1/8, 1/16 to the refined page, unclamped."""
        pooled = [coarse]
        for level in self.encoder:
            pooled.append(level(pooled[-1]))
        decoded = self.bottom(pooled[4])
        for level, own, skip in zip(self.decoder, pooled[:0:-1], (*skips[::-1], None), strict=True):
            decoded = level(torch.cat([decoded, own] if skip is None else [decoded, own, skip], 1))
        return self.head(torch.cat([decoded, coarse], 1))
