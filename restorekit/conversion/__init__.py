"""Other authors' weights → ours, checked key by key, without executing anything of their files."""

from restorekit.conversion.sources import SOURCES, Source, convert_weights
from restorekit.conversion.state_dict import convert_state_dict

__all__ = ["SOURCES", "Source", "convert_state_dict", "convert_weights"]
