"""Pages made from nothing: exam papers with handwriting, pictures with watermarks, and their ground truth.

Numpy, OpenCV and Pillow only; nothing here needs torch.
"""

from restorekit.synthesis.pages import Pair, make_handwriting_pair
from restorekit.synthesis.watermarks import make_watermark_pair

__all__ = ["Pair", "make_handwriting_pair", "make_watermark_pair"]
