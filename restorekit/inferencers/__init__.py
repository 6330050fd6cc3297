"""Inferencers: ``inferencer(predict, image) -> prediction``.

``ContextVote`` and ``UniformMark`` alone have weights, a few. The top-level config key ``inferencer`` names
one; training, ``tools/test.py`` and the Python API read it alike.
"""

from restorekit.inferencers.chain import Chain
from restorekit.inferencers.component_vote import ComponentVote
from restorekit.inferencers.context_vote import ContextVote
from restorekit.inferencers.flips import FlipAverage
from restorekit.inferencers.functional import predict_padded
from restorekit.inferencers.ink_colour import InkColour
from restorekit.inferencers.mark_scaled import MarkScaled
from restorekit.inferencers.mask_composite import MaskComposite
from restorekit.inferencers.paper_fill import PaperFill
from restorekit.inferencers.predictor import predictor
from restorekit.inferencers.repeated_mark import RepeatedMark
from restorekit.inferencers.rule_fill import RuleFill
from restorekit.inferencers.rule_vote import RuleVote
from restorekit.inferencers.size_average import SizeAverage
from restorekit.inferencers.text_scaled import TextScaled
from restorekit.inferencers.tiled import Tiled, WholeOrTiled
from restorekit.inferencers.uniform_mark import UniformMark

__all__ = [
    "Chain",
    "ComponentVote",
    "ContextVote",
    "FlipAverage",
    "InkColour",
    "MarkScaled",
    "MaskComposite",
    "PaperFill",
    "RepeatedMark",
    "RuleFill",
    "RuleVote",
    "SizeAverage",
    "TextScaled",
    "Tiled",
    "UniformMark",
    "WholeOrTiled",
    "predict_padded",
    "predictor",
]
