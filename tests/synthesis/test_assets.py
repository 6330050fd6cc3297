"""What ships is whole, small, licensed, and can write what it is asked to."""

import re

import pytest

from restorekit.synthesis import assets
from restorekit.synthesis.texts.glosses import MEANING_OF, PINYIN_OF

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


FACES = (*assets.WESTERN, *assets.EASTERN, *assets.KOREAN)
HANDS = (
    *(*assets.HAND_WESTERN, *assets.HAND_CYRILLIC, *assets.HAND_GREEK),
    *(*assets.HAND_CHINESE, *assets.HAND_JAPANESE, *assets.HAND_KOREAN),
)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path)
def test_print_faces_can_set_their_scripts(face):
    sample = "Aa0" if face in assets.WESTERN else "다0" if face in assets.KOREAN else "的一是"
    sample += "Жя" * ("cyrillic" in face.looks) + "Ωλ" * ("greek" in face.looks)
    sample += "あア" * ("kana" in face.looks)
    assert [letter for letter in sample if not assets.has_glyph(face.path, letter)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_face_can_set_every_word(language):
    faces = assets.faces_for(language)
    letters = set("".join([*assets.words(language), *assets.labels(language)]))
    for face in faces[:: 4 if language == "zh" else 2]:
        assert [letter for letter in letters if not assets.has_glyph(face.path, letter)] == []


@pytest.mark.parametrize(("language", "encoding"), [("zh", "gb2312"), ("ja", "shift_jis")])
def test_texts_are_simplified_in_chinese_and_japanese_in_japan(language, encoding):
    texts = [path.read_text(encoding="utf-8") for path in assets.FOLDER.glob(f"words/**/{language}.txt")]
    texts += assets.labels(language)
    texts += [*assets.common_characters(), *MEANING_OF.values(), *PINYIN_OF] if language == "zh" else []
    assert len(texts) > 5
    characters = sorted(one for one in set("".join(texts)) if "\u4e00" <= one <= "\u9fff")
    assert not [one for one in characters if not one.encode(encoding, "ignore")]


def test_listed_files_are_all_there_are():
    listed = {*(face.path for face in FACES), *(f"hand/{hand}.ttf" for hand in HANDS)}
    assert listed == {
        f"{kind}/{path.name}" for kind in ("print", "hand") for path in (assets.FOLDER / kind).iterdir()
    }


def test_strokes_lie_in_the_unit_square():
    characters = assets.stroke_characters()
    assert len(characters) > 1000
    for strokes in characters.values():
        for stroke in strokes:
            assert stroke.shape[1] == 2
            assert -0.05 <= stroke.min() <= stroke.max() <= 1.05
    assert len(characters["一"]) == 1
    assert len(characters["中"]) == 4


def test_everything_has_its_licence_and_is_small():
    files = [path for path in assets.FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 16e6
    readme = (assets.FOLDER / "README.md").read_text(encoding="utf-8")
    licences = {
        path.name.replace("-", "").removesuffix(".txt") for path in files if path.parent.name == "licences"
    }
    for path in files:
        if path.parent.name in ("print", "hand", "icons"):
            name = re.sub(r"^\w\w_", "", path.stem).split("_")[0]
            assert name in readme or any(licence.startswith(name) for licence in licences), path.name


def test_a_folder_of_fonts_must_hold_one(tmp_path):
    with pytest.raises(ValueError, match="no font below"):
        assets.user_fonts(str(tmp_path))
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        assets.user_fonts(str(tmp_path / "none"))


def test_a_users_fonts_are_kept_to_what_they_can_set():
    folder = str(assets.FOLDER / "print")
    assert any("zh_kai" in path for path in assets.fonts_for(folder, "zh"))
    assert not any("la_lato" in path for path in assets.fonts_for(folder, "zh"))
