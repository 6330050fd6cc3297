"""Train the small network in UniformMark, which sees to what a mark's blend leaves."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

    from restorekit.inferencers.blend_refiner import BlendRefiner

EXAMPLES = """examples:
  python tools/blend_refiner.py gather work_dirs/blends --pages photos/ --crops 4000   # half a second each
  python tools/blend_refiner.py train work_dirs/blends first.safetensors --minutes 60
  python tools/blend_refiner.py train work_dirs/blends second.safetensors --start first.safetensors \\
      --rate 1e-3 --minutes 30
  cp second.safetensors restorekit/weights/uniform_mark/model.safetensors    # where UniformMark looks

`gather` lays marks on pictures, takes them off with the watermark weights and keeps what they and the blend
leave, 3 MB a crop; stopped, it goes on where it was. `train` learns from that; one crop of 20 is held out.
"""
CROP, WINDOW, BATCH = 448, 128, 8
"""px of a gathered crop, px of what a step sees of it, and how many it takes."""
HELD_OUT = 20
POOL, START = 256, 20_000
"""The least pages that crops are drawn from, and the first crop: by then these are of all pages."""
NEAR = 0.3
"""The least probability of a mark of the pixels around which windows are."""
INVERTED = 0.3
"""The share of windows that are inverted: marks are brighter more often than not."""
RISE, MOMENTUM = 100, 0.998
"""The steps to the largest rate, and the average's momentum."""
REPORT, SCORED = 60, 20
"""The least seconds of training between two scores, and how many times as long as a score they are."""


class Sample(NamedTuple):
    """The refiner's planes ``(11, H, W)``, the blend, and the picture without the mark ``(3, H, W)``."""

    planes: Tensor
    opacity: Tensor
    colour: Tensor
    target: Tensor


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions = result.add_subparsers(dest="action", required=True, metavar="{gather,train}")
    gathering = actions.add_parser("gather", help="make marked crops and take the marks off")
    gathering.add_argument("folder", type=Path, help="where to; crops that are there stay")
    gathering.add_argument("--pages", help="folder of clean pictures to mark (default: made ones)")
    gathering.add_argument("--crops", type=int, default=4000, help="how many (default: 4000)")
    gathering.add_argument("--seed", type=int, default=0, help="another seed, other marks (default: 0)")
    gathering.add_argument("--weights", default="watermark", help="whose results (default: watermark)")
    training = actions.add_parser("train", help="train on what was gathered")
    training.add_argument("folder", type=Path, help="what `gather` wrote")
    training.add_argument("output", type=Path, help="safetensors file to write")
    training.add_argument("--minutes", type=float, default=60, help="how long (default: 60)")
    training.add_argument("--start", type=Path, help="safetensors file to go on from")
    training.add_argument("--rate", type=float, default=2e-3, help="of learning, at most (default: 0.002)")
    return result


def gather(folder: Path, *, pages: str | None, crops: int, seed: int, weights: str) -> Iterator[bool]:
    """Write a file for each crop that is not there, and yield for each whether it is new.

    Crops in which the weights see no mark are left out.

    Raises:
        FileNotFoundError: no such weights, or no such pages.
        ValueError: nothing of use among the pages.
    """
    import numpy as np

    from restorekit import load_restorer
    from restorekit.atomic import atomic_file, make_folder
    from restorekit.datasets import SyntheticPages
    from restorekit.inferencers.uniform_mark import settle, unsettled
    from restorekit.synthesis.user_pages import list_pictures

    marks = SyntheticPages(
        task="watermark",
        crop=CROP,
        seed=seed,
        pages=pages,
        pool=POOL if pages is None else max(POOL, len(list_pictures(pages))),
        start=START,
        page_height=768,
        page_width=1024,
    )
    restore = load_restorer(weights, inferencer={"type": "Chain", "inferencers": []})
    make_folder(folder)
    for index in range(crops):
        path = folder / f"{index:06d}.npz"
        if path.exists():
            yield False
            continue
        sample = marks[index]
        image = sample["image"].astype(np.float32) / 255
        before, seen = (np.float32(plane) / 255 for plane in restore.restore(sample["image"]))
        if not (seen > 0.5).any():
            yield False
            continue
        pictures, blend = settle(image, before, seen) or unsettled(image, before, seen)
        with atomic_file(path) as file:
            np.savez(
                file,
                planes=(np.dstack(pictures) * 255).round().astype(np.uint8),
                target=sample["target"],
                blend=np.array([blend.opacity, *blend.colour], np.float32),
            )
        yield True


def windows(files: list[Path], rng: np.random.Generator) -> Iterator[Sample]:
    """Windows around marks, turned, mirrored, their channels in any order, some inverted; without end."""
    import numpy as np
    import torch

    while True:
        with np.load(files[rng.integers(len(files))]) as stored:
            planes, target, blend = (stored[name] for name in ("planes", "target", "blend"))
        spots = np.argwhere(planes[::4, ::4, 9] > NEAR * 255) * 4
        if not len(spots):
            continue
        top, left = np.clip(spots[rng.integers(len(spots))] - rng.integers(WINDOW, size=2), 0, CROP - WINDOW)
        order, turns, mirrored = rng.permutation(3), int(rng.integers(4)), rng.random() < 0.5
        channels = np.concatenate([order, order + 3, order + 6, [9, 10], order + 11])
        both = np.dstack([planes, target])[top : top + WINDOW, left : left + WINDOW, channels]
        both = np.rot90(both, turns)[:, :: -1 if mirrored else 1].astype(np.float32) / 255
        colour = blend[1:][order]
        if rng.random() < INVERTED:
            colours = np.r_[0:9, 11:14]
            both[..., colours], colour = 1 - both[..., colours], 1 - colour
        both = torch.from_numpy(np.ascontiguousarray(both.transpose(2, 0, 1)))
        opacity = torch.tensor(blend[0]).view(1, 1, 1)
        yield Sample(both[:11], opacity, torch.from_numpy(colour.copy()).view(3, 1, 1), both[11:])


def composed(picture: Tensor, planes: Tensor) -> Tensor:
    """What ``MaskComposite`` lets through of a picture, as in the watermark weights' chain."""
    from restorekit.inferencers import MaskComposite

    share = MaskComposite(low=0.3, high=0.7, grow=3).share(planes[:, 9:10])
    return planes[:, :3] + share * (picture - planes[:, :3])


def score(refiner: BlendRefiner, files: list[Path]) -> float:
    """By how many dB whole crops are better refined than settled by their blends alone, in the mean."""
    import numpy as np
    import torch

    gains = []
    with torch.inference_mode():
        for path in files:
            with np.load(path) as stored:
                planes, target = (
                    torch.from_numpy(stored[name]).permute(2, 0, 1)[None].float() / 255
                    for name in ("planes", "target")
                )
                blend = torch.from_numpy(stored["blend"])
            refined = refiner(planes, blend[:1].view(1, 1, 1, 1), blend[1:].view(1, 3, 1, 1)).clamp(0, 1)
            before, after = (
                (composed(picture, planes) - target).square().mean() + 1e-9
                for picture in (planes[:, 6:9], refined)
            )
            gains.append(10 * math.log10(before / after))
    return float(np.mean(gains))


def train(
    folder: Path, output: Path, *, minutes: float, start: Path | None, rate: float
) -> Iterator[tuple[int, float]]:
    """Train for so long, and yield the steps done and the score, each minute or later and at the end.

    Raises:
        FileNotFoundError: too little was gathered there.
        OSError: the output cannot be written.
        ValueError: no time, or what is at ``start`` is none of its weights.
    """
    import numpy as np
    import torch
    from safetensors.torch import save

    from restorekit.atomic import check_file, write_whole
    from restorekit.engine.conv_muon import ConvMuon
    from restorekit.inferencers.blend_refiner import BlendRefiner
    from restorekit.weights_folder import load_state, read_state

    if not minutes > 0:
        raise ValueError(f"--minutes is {minutes:g}; expected more than 0")
    check_file(output)
    files = sorted(folder.glob("*.npz"))
    if len(files) < HELD_OUT:
        raise FileNotFoundError(f"{folder} holds {len(files)} crops; `gather` {HELD_OUT} or more")
    held_out, files = files[::HELD_OUT], [path for i, path in enumerate(files) if i % HELD_OUT]
    torch.manual_seed(0)
    refiner, average = BlendRefiner(), BlendRefiner()
    if start is not None:
        load_state(refiner, read_state(start), source=str(start))
    average.load_state_dict(refiner.state_dict())
    optimizer = ConvMuon(refiner.parameters(), lr=rate, adam_ratio=0.5)
    drawn = windows(files, np.random.default_rng(0))
    began = time.monotonic()
    due = began + REPORT
    step, share = 0, 0.0
    while share < 1:
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / RISE) * (1 + math.cos(math.pi * share)) / 2
        planes, opacity, colour, target = map(
            torch.stack, zip(*(next(drawn) for _ in range(BATCH)), strict=True)
        )
        error = composed(refiner(planes, opacity, colour), planes) - target
        squares = error.square().mean((1, 2, 3))
        loss = 10 * error.abs().mean() + 0.1 * torch.log10(squares + 1e-5).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(refiner.parameters(), 1.0)
        optimizer.step()
        step += 1
        share = (time.monotonic() - began) / 60 / minutes
        weight = 1 - min(MOMENTUM, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, value in zip(average.parameters(), refiner.parameters(), strict=True):
                mean.lerp_(value, weight)
        if share >= 1 or time.monotonic() > due:
            asked = time.monotonic()
            write_whole(output, save({key: value.half() for key, value in average.state_dict().items()}))
            yield step, score(average, held_out)
            due = time.monotonic() + max(REPORT, SCORED * (time.monotonic() - asked))


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors
    from restorekit.commands.progress import track

    with report_errors() as outcome:
        if args.action == "gather":
            made = gather(
                args.folder, pages=args.pages, crops=args.crops, seed=args.seed, weights=args.weights
            )
            count = sum(track(made, "gathering", total=args.crops))
            print(f"{args.folder}: {count} crops more")
        else:
            for step, gain in train(
                args.folder, args.output, minutes=args.minutes, start=args.start, rate=args.rate
            ):
                print(f"{step} steps: {gain:+.2f} dB on crops held out", flush=True)
            print(f"{args.output}: written")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
