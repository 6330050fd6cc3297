"""``restorekit convert``: turn other authors' weights into a weights folder."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from restorekit.commands.outputs import output_folder

# the keys of restorekit.conversion.SOURCES, spelled out so that --help need not import torch
SOURCE_NAMES = ("erasenet", "pert", "contest-erasenet", "contest-nonlocal")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``restorekit convert``."""
    parser.description = (
        "Turn other authors' weights into a folder that load_restorer and tools/test.py take.\n"
        "Every key and shape is checked, and nothing in the file is executed."
    )
    parser.epilog = (
        "examples:\n"
        "  restorekit convert EraseNet.pth --from erasenet -o weights/erasenet\n"
        "  restorekit convert model.pdparams --from contest-nonlocal -o weights/nonlocal"
    )
    parser.add_argument(
        "input", type=Path, metavar="IN", help="the authors' file: PyTorch .pth or Paddle .pdparams"
    )
    parser.add_argument(
        "--from",
        dest="source",
        required=True,
        choices=SOURCE_NAMES,
        help="whose: erasenet and pert are PyTorch, the contest entry's two models are Paddle",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=output_folder,
        required=True,
        metavar="FOLDER",
        help="folder to make; must not exist",
    )
    parser.add_argument(
        "--task", metavar="NAME", help="what the weights were trained for (default: the authors' own task)"
    )


def run(args: argparse.Namespace) -> int:
    """Convert, and write the folder whole or not at all.

    Raises:
        FileExistsError: the folder is there already.
        FileNotFoundError, IsADirectoryError: no such file.
        ValueError: a file that cannot be read safely, or whose keys do not fit; nothing is written.
    """
    if args.output.exists():
        raise FileExistsError(f"{args.output} exists already; name a new folder, or remove it first")
    from restorekit.conversion import SOURCES, convert_weights
    from restorekit.conversion.card import write_card
    from restorekit.registry import NETWORKS
    from restorekit.weights_folder import load_state, save_weights_folder, shipped_weights

    source = SOURCES[args.source]
    state = convert_weights(args.input, source=args.source)
    network = NETWORKS.build(dict(source.network))
    load_state(network, state, source=str(args.input))
    parameters = sum(parameter.numel() for parameter in network.parameters())
    task = args.task or source.task
    save_weights_folder(
        args.output,
        network=source.network,
        inferencer=source.inferencer,
        state_dict=state,
        task=task,
        card=write_card(args.source, source, args.input, parameters=parameters, task=task),
    )
    name = f"./{args.output}" if str(args.output) in shipped_weights() else args.output
    print(f"{args.output}: {len(state)} tensors, {parameters:,} parameters, task {task}")
    print(f"try them: restorekit erase page.jpg -o clean.jpg --weights {shlex.quote(str(name))}")
    return 0
