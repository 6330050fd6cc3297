"""Grow the trees in ContextVote, which tell erased print and kept ink by the page around them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    from restorekit.inferencers.boosted_trees import BoostedTrees
    from restorekit.inferencers.pieces import Pieces
    from restorekit.synthesis.pages import Pair

EXAMPLES = """examples:
  python tools/context_vote.py gather work_dirs/pieces --pages 300     # some seconds a page
  python tools/context_vote.py train work_dirs/pieces work_dirs/trees
  python tools/context_vote.py mean work_dirs/trees/erased.safetensors earlier.safetensors both.safetensors
  cp work_dirs/trees/*.safetensors restorekit/weights/context_vote    # where ContextVote looks

`gather` makes pages, erases them with the handwriting weights and keeps what each piece looks like that was
erased or kept, 130 kB a page; stopped, it goes on where it was, and two with other seeds fill one folder.
`train` needs scikit-learn (pip install scikit-learn) and takes a minute; one page of eight is held out.
`mean` lets the trees of two trainings judge together.
"""
OUTER = ("TextScaled", "RuleFill", "ContextVote")
"""These and what comes before them are left out of the weights' chain: pages are of the right size."""
SIZES = 14, 32
"""px of the letters of pages that are taken."""
SHIFT = 300
"""px, at most, by which the ink of another page is moved."""
QUALITY = 70, 96
"""Of the JPEG compression of pages with the ink of others."""
PRINT, INK = 0.9, 0.1
"""Of a piece's darkness, the share that the ground truth has of what is print and no more, at least, and of
what is ink and no more, at most."""
HEAVIEST = 400
"""px; larger pieces count no more than those of this size, by the root of it."""
INK_WEIGHT, PRINT_WEIGHT = 2, 5
"""Ink that comes back is worse than print that does not, for it had been erased; and print that is erased is
worse than ink that stays."""
HELD_OUT = 8
SIDES = "erased", "kept"
TREES = {
    "max_iter": 400,
    "max_features": 0.3,
    "learning_rate": 0.06,
    "max_leaf_nodes": 8,
    "l2_regularization": 10,
    "min_samples_leaf": 80,
    "early_stopping": False,
    "random_state": 0,
}


class Samples(NamedTuple):
    """Pieces of many pages, that were erased or kept.

    Attributes:
        features: see ``restorekit.inferencers.pieces``.
        share: of a piece's darkness, what is left of it in the ground truth, float32 ``(N,)``.
        area: px, ``(N,)``.
    """

    features: np.ndarray
    share: np.ndarray
    area: np.ndarray


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions = result.add_subparsers(dest="action", required=True, metavar="{gather,train,mean}")
    gathering = actions.add_parser("gather", help="make pages and erase what is written on them")
    gathering.add_argument("folder", type=Path, help="where to; pages that are there stay")
    gathering.add_argument("--pages", type=int, default=300, help="how many (default: 300)")
    gathering.add_argument("--seed", type=int, default=0, help="another seed, other pages (default: 0)")
    gathering.add_argument("--weights", default="handwriting", help="whose results (default: handwriting)")
    training = actions.add_parser("train", help="grow the trees from what was gathered")
    training.add_argument("folder", type=Path, help="what `gather` wrote")
    training.add_argument("output", type=Path, help="folder to write the trees to")
    meaning = actions.add_parser("mean", help="average the verdicts of two trainings")
    meaning.add_argument("first", type=Path, help="safetensors file with trees")
    meaning.add_argument("second", type=Path, help="another, of the same side")
    meaning.add_argument("output", type=Path, help="safetensors file to write")
    return result


def made_page(seed: int, index: int) -> Pair:
    """A page with what was written on it, or each second time with the ink of another page across it."""
    import numpy as np

    from restorekit.synthesis.capture.camera import compress
    from restorekit.synthesis.pages import changed, generator, make_handwriting_pair

    rng = generator(seed, index)
    own, other = (int(number) for number in rng.integers(2**40, size=2))
    pair = make_handwriting_pair(own)
    if index % 2 == 0:
        return pair
    ink = make_handwriting_pair(other)
    light = (ink.image + np.float32(2)) / (ink.target + np.float32(2))
    light[ink.mask == 0] = 1
    light = np.roll(light.clip(max=1), rng.integers(-SHIFT, SHIFT, size=2), (0, 1))
    image = compress((pair.target * light).round().astype(np.uint8), int(rng.integers(*QUALITY)))
    return pair._replace(image=image, mask=changed(image, pair.target))


def gather(folder: Path, *, pages: int, seed: int, weights: str) -> Iterator[bool]:
    """Write a file for each page that is not there, and yield for each whether it is new.

    Pages with letters that are too small or too large, or on which nothing was erased, are left out.

    Raises:
        FileNotFoundError: no such weights.
        OSError: the folder cannot be written.
    """
    import numpy as np

    from restorekit import load_restorer
    from restorekit.atomic import atomic_file, make_folder
    from restorekit.inferencers.pieces import PagePieces
    from restorekit.inferencers.text_size import text_height
    from restorekit.weights_folder import find_weights, read_config

    steps = read_config(find_weights(weights))["inferencer"]["inferencers"]
    within = max((at + 1 for at, step in enumerate(steps) if step["type"] in OUTER), default=0)
    restore = load_restorer(weights, inferencer={"type": "Chain", "inferencers": steps[within:]})
    make_folder(folder)
    for index in range(pages):
        path = folder / f"{seed}_{index:06d}.npz"
        pair = None if path.exists() else made_page(seed, index)
        height = None if pair is None else text_height(pair.image.min(2))
        if pair is None or (height is not None and not SIZES[0] <= height <= SIZES[1]):
            yield False
            continue
        mask = restore.restore(pair.image).mask
        stored, found = {}, PagePieces(pair.image, np.float32(mask) / 255)
        for side in SIDES:
            pieces = found.find(kept=side == "kept")
            if pieces is not None:
                own = label(pieces, pair)._asdict()
                stored.update({f"{side}_{name}": value for name, value in own.items()})
        if stored:
            with atomic_file(path) as file:
                np.savez(file, **stored)
        yield bool(stored)


def label(pieces: Pieces, pair: Pair) -> Samples:
    """What the ground truth has left of each piece: all of what is print, and nothing of ink."""
    import numpy as np

    from restorekit.inferencers.density import darkness_of

    labels = pieces.labels.ravel()
    before, left = (
        np.bincount(labels, darkness_of(page).ravel())[pieces.judged] for page in (pair.image, pair.target)
    )
    return Samples(pieces.features, np.float32(left / before), np.bincount(labels)[pieces.judged])


def read(files: list[Path], side: str) -> Samples:
    """What was gathered of one side.

    Raises:
        FileNotFoundError: nothing was.
    """
    import numpy as np

    pages = []
    for path in files:
        with np.load(path) as stored:
            if f"{side}_area" in stored:
                pages.append([stored[f"{side}_{name}"] for name in Samples._fields])
    if not pages:
        raise FileNotFoundError(f"{files[0].parent} holds no pieces that were {side}; `gather` more pages")
    return Samples(*(np.concatenate(own) for own in zip(*pages, strict=True)))


def aims(samples: Samples, side: str) -> tuple[np.ndarray, np.ndarray]:
    """Which pieces are print, and what each weighs."""
    import numpy as np

    weight = np.minimum(samples.area, HEAVIEST) ** 0.5
    if side == "erased":
        printed = samples.share > PRINT
        return printed, weight * np.where(printed, 1, INK_WEIGHT)
    printed = samples.share >= INK
    return printed, weight * np.where(printed, PRINT_WEIGHT, 1)


def train(folder: Path, output: Path) -> Iterator[str]:
    """Grow the trees of both sides, write them, and say of each what they do on pages held out.

    Raises:
        FileNotFoundError: too little was gathered there.
        ModuleNotFoundError: scikit-learn is not installed; the message says how to get it.
        OSError: the output cannot be written.
    """
    from restorekit.atomic import make_folder
    from restorekit.inferencers import ContextVote, context_vote
    from restorekit.inferencers.pieces import MONOTONE

    make_folder(output)
    files = sorted(folder.glob("*.npz"))
    if len(files) < HELD_OUT:
        raise FileNotFoundError(f"{folder} holds {len(files)} pages; `gather` {HELD_OUT} or more")
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        raise ModuleNotFoundError("growing trees needs scikit-learn: pip install scikit-learn") from error
    vote = ContextVote()
    for side, name in zip(SIDES, (context_vote.ERASED, context_vote.LEFT), strict=True):
        samples = read([path for i, path in enumerate(files) if i % HELD_OUT], side)
        model = HistGradientBoostingClassifier(monotonic_cst=MONOTONE[: samples.features.shape[1]], **TREES)
        model.fit(samples.features, *aims(samples, side))
        trees = exported(model)
        trees.save(output / name)
        held_out = read(files[::HELD_OUT], side)
        probability, (printed, _) = trees.probability(held_out.features), aims(held_out, side)
        changed = probability > vote.keep if side == "erased" else probability < vote.erase
        aimed = printed if side == "erased" else ~printed
        told = ("print", "come back", "ink") if side == "erased" else ("ink", "are erased", "print")
        yield (
            f"{output / name}: of {aimed.sum()} pieces of {told[0]} that were {side} on pages held out"
            f" {(changed & aimed).sum()} {told[1]}, and {(changed & ~aimed).sum()} of {told[2]}"
        )


def exported(model: HistGradientBoostingClassifier) -> BoostedTrees:
    """scikit-learn's trees as arrays; a leaf is its own next node, and asks for no feature."""
    import numpy as np

    from restorekit.inferencers.boosted_trees import BoostedTrees

    grown = [tree[0].nodes for tree in model._predictors]
    shape = len(grown), max(len(nodes) for nodes in grown)
    trees = BoostedTrees(
        feature=np.full(shape, -1, np.int16),
        threshold=np.zeros(shape, np.float32),
        left=np.zeros(shape, np.int16),
        right=np.zeros(shape, np.int16),
        value=np.zeros(shape, np.float32),
        start=np.array(model._baseline_prediction.item(), np.float32),
    )
    for index, nodes in enumerate(grown):
        leaf, at = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
        trees.feature[index, at] = np.where(leaf, -1, nodes["feature_idx"])
        trees.threshold[index, at] = nodes["num_threshold"]
        trees.left[index, at] = np.where(leaf, at, nodes["left"])
        trees.right[index, at] = np.where(leaf, at, nodes["right"])
        trees.value[index, at] = np.where(leaf, nodes["value"], 0)
    return trees


def mean(first: Path, second: Path) -> BoostedTrees:
    """Trees whose logit is the mean of two others'.

    Raises:
        OSError, ValueError: a file cannot be read, or its trees are not of as many nodes.
    """
    import numpy as np

    from restorekit.inferencers.boosted_trees import BoostedTrees

    pairs = zip(BoostedTrees.load(first), BoostedTrees.load(second), strict=True)
    joined = BoostedTrees(*(np.concatenate([np.atleast_1d(one) for one in pair]) for pair in pairs))
    return joined._replace(value=joined.value / 2, start=np.asarray(joined.start.mean()))


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors
    from restorekit.commands.progress import track

    with report_errors() as outcome:
        if args.action == "gather":
            made = gather(args.folder, pages=args.pages, seed=args.seed, weights=args.weights)
            count = sum(track(made, "gathering", total=args.pages))
            print(f"{args.folder}: {count} pages more")
        elif args.action == "mean":
            mean(args.first, args.second).save(args.output)
        else:
            for line in train(args.folder, args.output):
                print(line)
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
