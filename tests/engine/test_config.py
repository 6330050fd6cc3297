import os
import re
from copy import deepcopy

import pytest
from mmengine.config import Config

from restorekit.engine.config import config_hash, load_config, parse_options


def write_plugin(config, name, code):
    (config.parent / f"{name}.py").write_text(code)
    config.write_text(f'{config.read_text()}\ncustom_imports = dict(imports=["{name}"])\n')


def test_a_module_that_cannot_be_imported_is_named_with_the_reason(tiny_config, tmp_path, monkeypatch):
    write_plugin(tiny_config, "losses_of_mine", "import torchh")
    start = r"tiny.py: custom_imports: Failed to import losses_of_mine: No module named "
    with pytest.raises(ImportError, match=start + "'losses_of_mine' .*PYTHONPATH=."):
        load_config(tiny_config)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError, match=start + "'torchh'"):
        load_config(tiny_config)


def test_options_are_left_as_they_are(tiny_config):
    options = {"val_evaluator": {"type": "PageMetrics", "protocol": "published", "_delete_": True}}
    for _ in range(2):
        config = load_config(tiny_config, options)
        assert config.val_evaluator == {"type": "PageMetrics", "protocol": "published"}


@pytest.mark.parametrize("key", ["custom_imports", "custom_imports.imports"])
def test_imports_that_would_come_too_late_are_refused(tiny_config, key):
    with pytest.raises(ValueError, match="custom_imports cannot be given by options"):
        load_config(tiny_config, {key: ["my_losses"]})


@pytest.mark.parametrize(
    "code, words",
    [
        ("def f(:", r"plugin_of_mine_0.py is not valid Python"),
        ("\nLOSSES.register()", r"tiny.py cannot be read: NameError: .*plugin_of_mine_1.py:2"),
    ],
)
def test_a_module_that_does_not_run_is_named_with_the_reason(tiny_config, tmp_path, monkeypatch, code, words):
    write_plugin(tiny_config, f"plugin_of_mine_{int('register' in code)}", code)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match=words):
        load_config(tiny_config)


@pytest.mark.parametrize(
    "code, words",
    [
        ("model = modle", r"tiny.py cannot be read: NameError: name 'modle' .*\(.*tiny.py:1\)"),
        ("_base_ = ['nowhere.py']", r"tiny.py cannot be read: FileNotFoundError: .*nowhere.py'"),
        ("custom_imports = ['losses']", r"tiny.py cannot be read: TypeError: .*must be a mapping"),
        ("model = (", r"tiny.py, or a file of its _base_, is not valid Python"),
    ],
)
def test_a_config_that_does_not_run_is_named_with_the_reason(tiny_config, code, words):
    tiny_config.write_text(code)
    with pytest.raises(ValueError, match=words):
        load_config(tiny_config)


def test_a_missing_config_names_the_near_one(tiny_config):
    with pytest.raises(FileNotFoundError, match=rf"did you mean {re.escape(str(tiny_config))}\?$"):
        load_config(tiny_config.with_name("tinny.py"))


@pytest.mark.parametrize("given", ["handwriting", "handwritng.py"])
def test_a_config_is_looked_for_in_configs_too(tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=rf"^there is no config {given}\.$"):
        load_config(given)
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "handwriting.py").touch()
    (tmp_path / "setup.py").touch()
    place = os.path.join("configs", "handwriting.py")
    with pytest.raises(FileNotFoundError, match=rf"did you mean {re.escape(place)}\?$"):
        load_config(given)
    with pytest.raises(FileNotFoundError, match=r"Some are: handwriting, setup\.$"):
        load_config("nothing")


@pytest.mark.parametrize("given", ["", "model = None", "model = 3"])
def test_a_key_that_is_needed_is_named_where_it_lacks(tiny_config, given):
    tiny_config.write_text(given)
    with pytest.raises(ValueError, match=r"tiny.py: model is (None|3); expected a dict, .*_base_"):
        load_config(tiny_config, needs=("model",))


def test_whole_numbers_may_be_written_with_an_exponent(tiny_config):
    assert load_config(tiny_config, parse_options(["train_cfg.max_iters=1e3"])).train_cfg.max_iters == 1000


@pytest.mark.parametrize(
    "text, value",
    [
        ("1e-5", 1e-5),
        ("[1,2]", [1, 2]),
        ("'(1, 2)'", (1, 2)),
        ("1,2", [1, 2]),
        ("[a,[b,c]]", ["a", ["b", "c"]]),
        ("None", None),
        ("true", True),
        ("word", "word"),
        ("my pairs/vgg 16.pth", "my pairs/vgg 16.pth"),
        ("['a b', 'c']", ["a b", "c"]),
        ("[{'type': 'PaperFill', 'pages_only': True}]", [{"type": "PaperFill", "pages_only": True}]),
    ],
)
def test_options_are_parsed_as_values(text, value):
    assert parse_options([f"a.b={text}"]) == {"a.b": value}


@pytest.mark.parametrize(
    "option, words",
    [
        ("a.b", "--cfg-options takes key=value"),
        ("a=[dict(b=1,c=2)]", r"c=2\)\] \(--cfg-options\) cannot be read: .* or a dict such as {'type'"),
        ("a=[1,2", r"a=\[1,2 \(--cfg-options\) cannot be read"),
    ],
)
def test_options_that_cannot_be_read_are_told_how_to_write(option, words):
    with pytest.raises(ValueError, match=words):
        parse_options([option])


def test_the_hash_follows_the_content(tiny_config):
    one, same = load_config(tiny_config), load_config(tiny_config)
    other = load_config(tiny_config, {"train_cfg.max_iters": 5})
    assert config_hash(one) == config_hash(same) != config_hash(other)


@pytest.mark.parametrize(
    "option",
    [
        "train_dataloader.dataset.dataset.pipeline.0=None",
        "train_dataloader.dataset.dataset.pipeline.0=3",
        "train_dataloader.dataset.dataset.pipeline.9.size=3",
        "train_dataloader.dataset.dataset.pipeline.crop.size=3",
        "model.network.blocks.size=3",
        "inferencer.type.tile=3",
    ],
)
def test_an_override_that_no_list_or_dict_takes_is_told_with_the_mend(tiny_config, option):
    with pytest.raises(
        ValueError, match=r"tiny.py: options \(--cfg-options\) cannot .* write the whole list"
    ):
        load_config(tiny_config, parse_options([option]))


def test_a_config_is_written_without_a_formatter_and_reads_back(tiny_config, monkeypatch):
    monkeypatch.delattr("mmengine.config.config.FormatCode")  # yapf's; most of a short training went there
    config = load_config(tiny_config, {"train_cfg.max_iters": 3})
    text = deepcopy(config).pretty_text
    assert max(map(len, text.splitlines())) < 100
    assert Config.fromstring(text, ".py").to_dict() == config.to_dict()
