import argparse
import sys

import pytest

from restorekit.commands.page_ranges import page_ranges


def test_pages_are_named_by_numbers_and_ranges():
    assert page_ranges("3") == (range(3, 4),)
    assert page_ranges("1, 4-6,9-") == (range(1, 2), range(4, 7), range(9, sys.maxsize))


@pytest.mark.parametrize("text", ["", "0", "-3", "5-4", "2,", "a", "1-2-3", "1.5", "²"])
def test_what_names_no_pages_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError, match="is no page, and no range of pages from 1"):
        page_ranges(text)
