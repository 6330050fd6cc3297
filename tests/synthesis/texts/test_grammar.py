import re

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph, labels, words
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.figures import FIGURES
from restorekit.synthesis.printing.papers import PARTS
from restorekit.synthesis.printing.signs import LENT, SIGNS
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.texts.grammar import (
    CHAPTERS,
    FACTS,
    KINDS,
    SUMS,
    SYMBOL,
    THEMES,
    exercise,
    expand,
    facts_of,
    passages,
    question,
    rules,
)
from restorekit.synthesis.texts.topics import FIELDS

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
WHICH = ("which_true", "which_false")
BUILT_IN = {
    *"ce",
    *"pqrs",
    "count",
    "first",
    "second",
    "number",
    "few",
    "points",
    "step",
    "a",
    "b",
    "row",
    "term",
    "gap",
    "told",
}
TITLED = {"subject", "grade", "year", "unit", "chapter", "letter"}
EACH = {f"subject_{topic}" for topic in SUMS}
EACH |= {f"chapter_{name or topic}" for topic, names in CHAPTERS.items() for name in names}
WHOLE = {"fact_mathematics_1", "fact_science_1", "fact_science_2", "fact_language", "fact_world"}
FACTUAL = WHOLE | {f"fact_{topic}_{field}" for topic, fields in FIELDS.items() for field in fields}
TOLD = {f"{symbol}_{theme}" for symbol in ("passage", "title") for theme in THEMES}
REPLIED = ("question_language", "question_science")
SEEN = {see for room in FIGURES.values() for see in room.see}
ASKED = {*REPLIED, "fill_mathematics", "see_corners", "see_faces", "see_largest"}
LABELS = {
    "substance",
    "chart",
    "process",
    "contents",
    "answer_row",
    "complete",
    "together",
    "copy",
    "count",
    "pattern",
    "delete",
    "source",
    "total",
}
PROVED = {"proof", "proof_in", "prove_median", "prove_crossing"}
PROVED |= {f"reason_{name}" for name in ("given", "proved", "common", "midpoint", "vertical")}
PROVED |= {"reason_alternate", "reason_parts"}
ASIDES = {"aside"}
SHOWN = {"count_vessels", "count_liquids", "count_solids", "count_tubes", "order_flow", "which_seen"}
SHOWN |= {"flow_first", "flow_last", "flow_count", "match", "reckon", "columns", "missing"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symbol_is_known_and_every_fact_has_four_answers(language):
    known = rules(language)
    used = {symbol for texts in known.values() for text in texts for symbol in SYMBOL.findall(text)}
    assert used <= set(known) | BUILT_IN | TITLED
    assert {"sentence", "title", "remark", "phrase", "Name", "sum"} <= set(known)
    assert {"paper", "lesson", "section", *EACH, *FACTUAL, *ASKED, *LABELS, *PROVED} <= set(known)
    assert {*ASIDES, *TOLD, *SHOWN} <= set(known)
    assert set(known) - used <= {
        "sentence",
        "title",
        "marker",
        "remark",
        "phrase",
        *(
            "paper",
            "lesson",
            "section",
            "School",
            "School_1",
            "School_2",
            "Subject",
            "grade_1",
            "grade_2",
            *EACH,
            *FACTUAL,
            *ASKED,
            *SEEN,
            *LABELS,
            *PROVED,
            *ASIDES,
            *TOLD,
            *SHOWN,
            *(one for one in known if one.startswith("story_")),
        ),
        *KINDS,
        *PARTS,
        *WHICH,
    }
    assert {"see", *PARTS} <= set(known)
    for fact in facts_of(language, ""):
        text, answers = fact.split(" = ")
        assert text.count("{gap}") == 1
        assert len(set(answers.split("; "))) == 4


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


SOLVED = {
    r"What is (\d+) \+ (\d+)\?": lambda a, b: a + b,
    r"What is (\d+) − (\d+)\?": lambda a, b: a - b,
    r"What is (\d+) × (\d+)\?": lambda a, b: a * b,
    r"What is (\d+) ÷ (\d+)\?": lambda a, b: a / b,
    r"What is (\d+)% of (\d+)\?": lambda b, a: a * b / 100,
    r"Solve x \+ (\d+) = (\d+)\.": lambda b, a: a - b,
    r"A car travels (\d+) km in (\d+) hours\..*": lambda a, b: a / b,
    r"Find the perimeter of a rectangle of (\d+) cm by (\d+) cm\.": lambda a, b: 2 * (a + b),
    r"A rectangle is (\d+) cm long and (\d+) cm wide\..*": lambda a, b: a * b,
    r"What number comes next: (\d+), (\d+), .*\?": lambda a, b: a + 4 * (b - a),
}


def test_answers_are_right_and_the_others_wrong():
    rng = generator(2, 1)
    seen = set()
    for _ in range(3000):
        asked = exercise(rng, "en")
        assert len({asked.answer, *asked.wrong}) == 4
        for pattern, solve in SOLVED.items():
            if found := re.fullmatch(pattern, asked.before):
                assert float(asked.answer) == solve(*(int(number) for number in found.groups()))
                seen.add(pattern)
    assert seen == set(SOLVED)


def test_facts_come_as_often_as_they_say():
    rng = generator(3, 1)
    asked = [exercise(rng, "zh") for _ in range(2000)]
    facts = {text.split(" = ")[1].split("; ")[0] for text in facts_of("zh", "")}
    numeric = np.mean([one.answer.isdecimal() and one.answer not in facts for one in asked])
    assert abs(numeric - (1 - FACTS)) < 0.06


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_can_set_what_its_languages_say(language):
    replied = [text for symbol in REPLIED for text in rules(language)[symbol]]
    said = {text for texts in rules(language).values() for text in texts} - set(replied)
    said |= {text.split(" = ")[0] for text in replied}  # replies are never printed
    said |= {*words(language), *labels(language), *calculations.UNITS, "0123456789.%()+-×÷=/ABCD_?,:;"}
    said |= {phrases.entry(generator(0, 3), language, kind) for kind in labels(language).values()}
    characters = set("".join(said)) - set(" {}|") - SIGNS - LENT
    for face in faces_for(language):
        assert not [one for one in sorted(characters) if not has_glyph(face.path, one)], face.path


def test_what_is_asked_is_worked_out_rightly():
    seen = {"x": 0, "": 0}
    for seed in range(200):
        asked = exercise(generator(seed, 4), "en")
        if not asked.working:
            continue
        root, unknown = int(asked.answer), "x" if "x" in asked.working[0] else ""
        seen[unknown] += 1
        for line in asked.working:  # of an equation both sides, of a sum every step
            worths = [worth(term, root) for term in line.split("=") if term]
            assert len(set(worths)) == 1, asked
            assert unknown or worths[0] == root, asked
        assert asked.working[-1] == f"{unknown}={root}" or asked.working[-1].endswith(f"={root}")
    assert min(seen.values()) > 5


def worth(term, root):
    """What a term comes to where x is ``root``."""
    assert re.fullmatch(r"[0-9x()\[\]+×÷-]+", term), term
    written = term.replace("[", "(").replace("]", ")")
    written = re.sub(r"(?<=\d)(?=[x(])", "*", written).replace("×", "*").replace("÷", "/")
    return eval(written, {"__builtins__": {}}, {"x": root})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_topic_asks_for_its_own_facts_and_sums_alone(language):
    for topic, kinds in SUMS.items():
        subject = topic.split("_")[0]
        own = {*rules(language).get(f"fact_{topic}", ()), *rules(language).get(f"fact_{subject}", ())}
        for field in FIELDS.get(topic, ()):
            own |= set(rules(language)[f"fact_{topic}_{field}"])
        assert set(facts_of(language, topic)) == own and len(own) >= 5
        told = {sum_ for kind in kinds for sum_ in rules(language).get(kind, ())}
        begun = {re.split(r"\{", sum_)[0] for sum_ in told}
        for seed in range(20):
            asked = exercise(generator(seed, 5), language, 0.0, topic)
            assert bool(asked.working) == bool(kinds)
            assert not kinds or any(asked.before.startswith(one) for one in begun)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", SUMS)
def test_every_topic_has_facts_enough_for_a_question_of_four(language, topic):
    kinds = {exercise(generator(seed, 3), language, 1.0, topic).kind for seed in range(200)}
    assert len(kinds) >= 4, "ask_which draws until it has four"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_replies_and_those_on_a_text_are_of_it(language):
    told = 0
    for symbol in REPLIED:
        asked = {text.split(" = ")[0]: text.split(" = ")[1] for text in rules(language)[symbol]}
        assert all(asked.values())
        for seed in range(30):
            text, reply = question(generator(seed, 60), language, [symbol.split("_")[1]], "TOLD")
            assert text in asked and "{" not in reply
            assert ("TOLD" in reply) <= ("{told}" in asked[text])
            assert "{told}" in asked[text] or symbol == "question_science", "it asks about the text"
            told += "TOLD" in reply
    assert told > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_has_facts_of_its_own_and_each_theme_texts_enough_for_a_page(language):
    for topic, fields in FIELDS.items():
        told = [set(facts_of(language, f"{topic}_{field}")) for field in fields]
        assert min(map(len, told)) >= 4 and set().union(*told) <= set(facts_of(language, topic))
        assert sum(map(len, told)) == len(set().union(*told)), "no fact is of two fields"
    assert facts_of(language, "mathematics_2_percent") == ()
    each = [passages(language, f"language_2_{theme}") for theme in THEMES]
    assert min(map(len, each)) >= 8 and sum(map(len, each)) == len(set(passages(language)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_of_text_seldom_tells_what_the_page_before_told(language):
    told = passages(language)
    assert len({text[0] for text in told}) == len(told) > 40
    assert sum(len(text) > 4 for text in told) > 20, "some fill a paragraph by themselves"


@pytest.mark.parametrize(("language", "least"), [("en", 13), ("zh", 12)])
def test_a_paper_of_facts_asks_each_once(language, least):
    for topic in SUMS:
        kinds = {exercise(generator(seed, 3), language, 1.0, topic).kind for seed in range(400)}
        assert len(kinds) >= least, topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named_twice_in_one_text(language, monkeypatch):
    monkeypatch.setitem(rules(language), "pair", ("{Name} & {Name} & {thing}",))
    for seed in range(40):
        first, second, _ = expand(generator(seed, 7), language, "pair").split(" & ")
        assert first != second
