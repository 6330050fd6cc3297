import re

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph, labels, words
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.figures import FIGURES
from restorekit.synthesis.printing.signs import LENT, SIGNS
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.texts.grammar import CHAPTERS, SYMBOL, THEMES, expand, passages, rules

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
BUILT_IN = {*"cepqrs", "mark", "name", "count", "first", "second", "number", "few", "step", "year"}
CHAPTERED = {f"chapter_{name or topic}" for topic, names in CHAPTERS.items() for name in names}
TOLD = {f"{symbol}_{theme}" for symbol in ("passage", "title") for theme in THEMES}
SEEN = {see for room in FIGURES.values() for see in room.see}
LABELS = {"substance", "chart", "process", "contents", "answer_row", "complete", "together", "copy", "count"}
LABELS |= {"pattern", "source", "total", "see", "see_corners", "see_faces", "see_largest"}
PROVED = {"proof", "proof_in", "prove_median", "prove_crossing"}
PROVED |= {f"reason_{name}" for name in ("given", "proved", "common", "midpoint", "vertical")}
PROVED |= {"reason_alternate", "reason_parts"}
SHOWN = {"order_flow", "which_seen"}
SHOWN |= {"flow_first", "flow_last", "flow_count"}
TEXTS = {"sentence", "title", "remark", "phrase", "aside", "Name"}
OTHERS = {"marker", "School", "School_1", "School_2", "Subject", "delete", "named_vessel", "trace", "vessels"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symbol_is_known_and_used(language):
    known = rules(language)
    used = {symbol for texts in known.values() for text in texts for symbol in SYMBOL.findall(text)}
    assert used <= set(known) | BUILT_IN
    wanted = {*CHAPTERED, *TOLD, *LABELS, *PROVED, *SHOWN, *TEXTS}
    assert wanted <= set(known)
    assert set(known) - used <= wanted | SEEN | OTHERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_expand(language):
    rng = generator(1, 1)
    for _ in range(200):
        for symbol in ("sentence", "title", "remark", "phrase"):
            text = expand(rng, language, symbol)
            assert text and not re.search(r"[{}|]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_are_cut_into_whole_sentences(language):
    told = passages(language)
    texts = [text for theme in THEMES for text in rules(language)[f"passage_{theme}"]]
    assert len(told) == len(texts)
    for sentences, text in zip(told, texts, strict=True):
        assert ("" if language in ("zh", "ja") else " ").join(sentences) == text
        assert len(sentences) > 2


@pytest.mark.parametrize(("language", "joint"), [("en", " "), ("zh", "")])
def test_most_paragraphs_are_of_one_passage_and_none_is_told_twice(language, joint):
    stretches = {
        joint.join(text[first : first + 3]) for text in passages(language) for first in range(len(text))
    }
    rng = generator(4, 1)
    said = [phrases.paragraph(rng, language, 3) for _ in range(300)]
    assert 0.85 < np.mean([one in stretches for one in said]) < 1
    told: set[str] = set()
    said = [phrases.paragraph(rng, language, 3, told) for _ in range(80)]
    whole = {joint.join(text[:3]) for text in passages(language)}
    assert set(said) == whole | {""}, "from the first sentence on, and nothing when all are told"
    assert len([one for one in said if one]) == len(whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_can_set_what_its_languages_say(language):
    said = {text for texts in rules(language).values() for text in texts}
    said |= {*words(language), *labels(language), *calculations.UNITS, "0123456789.%()+-×÷=/ABCD_?,:;"}
    said |= {phrases.entry(generator(0, 3), language, kind) for kind in labels(language).values()}
    characters = set("".join(said)) - set(" {}|") - SIGNS - LENT
    for face in faces_for(language):
        assert not [one for one in sorted(characters) if not has_glyph(face.path, one)], face.path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_of_text_seldom_tells_what_the_page_before_told(language):
    told = passages(language)
    assert len({text[0] for text in told}) == len(told) > 40
    assert sum(len(text) > 4 for text in told) > 20, "some fill a paragraph by themselves"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named_twice_in_one_text(language, monkeypatch):
    monkeypatch.setitem(rules(language), "pair", ("{Name} & {Name} & {thing}",))
    for seed in range(40):
        first, second, _ = expand(generator(seed, 7), language, "pair").split(" & ")
        assert first != second
