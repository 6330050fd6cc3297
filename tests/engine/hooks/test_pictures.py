import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from mmengine.visualization import Visualizer

from restorekit.engine.config import load_config
from restorekit.engine.hooks.pictures import CAPTION, FRAME, GAP, PicturesHook, most_inked_window, strip
from restorekit.engine.training import train
from restorekit.inferencers import predictor
from restorekit.registry import DATASETS, INFERENCERS
from restorekit.weights_folder import load_weights_folder


def test_the_window_holds_the_most_ink_and_stays_on_the_page():
    mask = np.zeros((50, 60), np.float32)
    mask[40:44, 52:58] = 1
    mask[5:8, 5:8] = 1
    rows, columns = most_inked_window(mask, 16)
    assert (rows.stop - rows.start, columns.stop - columns.start) == (16, 16)
    assert rows.start <= 40 and rows.stop >= 44 and columns.start <= 52 and columns.stop >= 58
    rows, columns = most_inked_window(mask, 100)
    assert (rows, columns) == (slice(0, 50), slice(0, 60))


def test_no_window_holds_more_ink():
    mask = np.random.default_rng(0).random((12, 17))
    rows, columns = most_inked_window(mask, 5)
    windows = np.lib.stride_tricks.sliding_window_view(mask, (5, 5)).sum((-1, -2))
    assert np.unravel_index(windows.argmax(), windows.shape) == (rows.start, columns.start)


def test_a_strip_shows_input_restored_target_and_masks():
    image, target, mask = torch.full((3, 4, 5), 0.4), torch.ones(3, 4, 5), torch.ones(1, 4, 5)
    prediction = torch.full((4, 4, 5), 0.2)
    picture = strip(image, prediction, target, mask)
    assert picture.shape == (CAPTION + 4, 5 * 5 + 4 * GAP, 3)
    assert [int(picture[CAPTION, i * (5 + GAP), 0]) for i in range(5)] == [102, 51, 255, 51, 255]
    assert strip(image, prediction[:3], target, mask).shape == (CAPTION + 4, 4 * 5 + 3 * GAP, 3)
    in_bytes = [(panel * 255).round().byte() for panel in (image, target, mask)]
    np.testing.assert_array_equal(strip(in_bytes[0], prediction, *in_bytes[1:]), picture)


def test_a_strip_names_its_panels_and_keeps_them_apart():
    white = torch.ones(3, 8, 120)
    picture = strip(white, torch.ones(4, 8, 120), white, white[:1])
    for index in range(5):
        left = index * (120 + GAP)
        assert (picture[CAPTION:, left : left + 120] == 255).all()
        assert (picture[:CAPTION, left : left + 120] != FRAME).any()
        assert (picture[:, left + 120 : left + 120 + GAP] == FRAME).all()


def test_a_window_has_pixels():
    with pytest.raises(ValueError, match="size is 0; expected the window's side in pixels, 1 or more"):
        PicturesHook(size=0)


@pytest.mark.parametrize(
    ("pages", "names"),
    [(1, "a"), (2, "ac"), (3, "ace"), (4, "abce"), (6, "abcdef"), (9, "abcdef")],
)
def test_as_many_pages_are_shown_as_wanted_of_each_validation_evenly_among_all(pages, names):
    shown = []
    runner = SimpleNamespace(
        iter=3,
        val_dataloader=range(3),
        visualizer=SimpleNamespace(add_image=lambda name, picture, step: shown.append((name, step))),
    )
    batch = {key: torch.ones(2, 3, 8, 8) for key in ("image", "target", "mask")}
    hook = PicturesHook(pages=pages, size=4)
    for _ in range(2):
        hook.before_val(runner)
        for index, name in enumerate(("ab", "cd", "ef")):
            hook.after_val_iter(runner, index, batch | {"name": [*name]}, torch.ones(2, 4, 8, 8))
    assert shown == 2 * [(f"pages/{name}", 3) for name in names]


def test_looking_at_pages_changes_no_training(tiny_config, tmp_path, normed):
    for name, extra in {"looked": {}, "blind": {"default_hooks.pictures": None}}.items():
        train(
            str(tiny_config),
            work_dir=str(tmp_path / name),
            options=normed | {"train_cfg.val_interval": 2} | extra,
        )
    looked, blind = (
        torch.load(tmp_path / name / "iter_4.pth", weights_only=True) for name in ("looked", "blind")
    )
    for part in ("state_dict", "ema_state_dict"):
        for key, value in blind[part].items():
            assert torch.equal(value, looked[part][key]), f"{part}.{key}"


def test_pictures_show_what_the_weights_in_best_restore(tiny_config, tmp_path, normed, monkeypatch):
    shown = {}
    monkeypatch.setattr(
        Visualizer, "add_image", lambda self, tag, picture, step: shown.update({(tag, step): picture})
    )
    work_dir = train(
        str(tiny_config), work_dir=str(tmp_path / "work"), options=normed | {"train_cfg.val_interval": 2}
    )
    network, config = load_weights_folder(work_dir / "best")
    best = json.loads((work_dir / "best_score.json").read_text())["iteration"]
    sample = DATASETS.build(load_config(tiny_config).val_dataloader.dataset.to_dict())[0]
    predict = predictor(network.eval())
    prediction = INFERENCERS.build(config["inferencer"])(predict, sample["image"][None])[0]
    window = (..., *most_inked_window(sample["mask"][0].numpy(), 32))
    panels = [sample[key][window] for key in ("image", "target", "mask")]
    expected = strip(panels[0], prediction[window], *panels[1:])
    assert len(shown) == 2
    np.testing.assert_array_equal(shown[f"pages/{sample['name']}", best], expected)
    restored = expected[CAPTION:, 32 + GAP : 64 + GAP]
    assert not np.array_equal(expected[CAPTION:, :32], restored)
