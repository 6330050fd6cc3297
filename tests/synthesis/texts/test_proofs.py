"""Proofs with reasons in brackets."""

import re

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.algebra import GOES_ON, OPENS
from restorekit.synthesis.texts.proofs import angles_alike, proof

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_is_of_what_it_names_and_gives_reasons_in_brackets(language):
    reasons = 0
    for seed in range(20):
        text, lines = proof(generator(seed, 3), language)
        assert not re.search(r"[{}|]", text)
        named = set("".join(re.findall(r"[A-Z]{2,}", text)))
        said = "".join(re.findall(r"[A-Z]{2,}", re.sub(r"\(.*?\)", "", " ".join(lines[1:]))))
        assert set(said) <= named | {"O"}
        under = [line for line in lines if line[0] in (OPENS, GOES_ON)]
        assert [line[0] for line in under] == [OPENS, GOES_ON, GOES_ON]
        assert sum("△" in line for line in lines) == 2
        reasons += sum("(" in line for line in lines)
    assert reasons > 70


def test_angles_at_parallels_are_equal_by_way_of_a_third():
    for seed in range(20):
        lines = angles_alike(generator(seed, 3), "zh")
        (a, b), (c, d), ends = (re.findall(r"∠(\d)", line) for line in lines[1:])
        assert b == c and ends == [a, d]
