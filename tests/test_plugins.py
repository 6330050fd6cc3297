import pytest

from restorekit import plugins
from restorekit.plugins import load_plugins
from restorekit.registry import NETWORKS


class FakeEntryPoint:
    """An entry point whose import does what it is told, and counts how often."""

    def __init__(self, name: str, effect=lambda: None) -> None:
        self.name, self.effect, self.loaded = name, effect, 0

    def load(self) -> None:
        self.loaded += 1
        self.effect()


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch):
    """Pretend that these and no other plugins are installed; undo what they register."""
    before = dict(NETWORKS.module_dict)

    def install(*entry_points: FakeEntryPoint) -> None:
        found = {plugins.GROUP: entry_points}
        monkeypatch.setattr(plugins, "entry_points", lambda *, group: found.get(group, ()))
        load_plugins.cache_clear()

    yield install
    NETWORKS.module_dict.clear()
    NETWORKS.module_dict.update(before)
    load_plugins.cache_clear()


def fail() -> None:
    raise ImportError("no module named 'left_pad'")


class Sharpener:
    """What a plugin would register."""


def test_the_group_is_the_documented_one() -> None:
    assert plugins.GROUP == "restorekit.plugins"


def test_a_plugin_is_loaded_where_a_name_is_looked_up(install) -> None:
    install(FakeEntryPoint("sharp", lambda: NETWORKS.register_module(module=Sharpener)))
    assert "Sharpener" not in NETWORKS.module_dict
    assert isinstance(NETWORKS.build(dict(type="Sharpener")), Sharpener)


def test_a_plugin_is_loaded_once(install) -> None:
    entry_point = FakeEntryPoint("sharp", lambda: NETWORKS.register_module(module=Sharpener))
    install(entry_point)
    for _ in range(3):
        NETWORKS.build(dict(type="Sharpener"))
        load_plugins()
    assert entry_point.loaded == 1


def test_a_failure_is_remembered_and_the_others_still_load(install) -> None:
    broken, sound = FakeEntryPoint("broken", fail), FakeEntryPoint("sound")
    install(broken, sound)
    for _ in range(2):
        assert load_plugins() == {"broken": "ImportError: no module named 'left_pad'"}
    assert (broken.loaded, sound.loaded) == (1, 1)


def test_a_broken_plugin_stops_nobody_who_does_not_need_it(install) -> None:
    NETWORKS.register_module(module=Sharpener)
    install(FakeEntryPoint("broken", fail))
    assert isinstance(NETWORKS.build(dict(type="Sharpener")), Sharpener)


def test_a_broken_plugin_is_named_where_a_name_is_missed(install) -> None:
    install(FakeEntryPoint("broken", fail))
    with pytest.raises(KeyError) as caught:
        NETWORKS.build(dict(type="Sharpener"))
    message = caught.value.args[0]
    assert message.startswith("no network is called 'Sharpener'")
    assert message.endswith("The plugin 'broken' failed to load: ImportError: no module named 'left_pad'")


def test_a_name_that_is_taken_raises() -> None:
    taken = next(iter(NETWORKS.module_dict), None)
    if taken is None:
        from restorekit.networks import ResidualUNet

        taken = ResidualUNet.__name__
    with pytest.raises(KeyError, match=f"{taken} is already registered in network"):
        NETWORKS.register_module(name=taken, module=Sharpener)


def test_a_plugin_that_takes_a_taken_name_is_told_with_its_name(install) -> None:
    """The first component keeps the name."""
    NETWORKS.register_module(module=Sharpener)

    class Other:
        pass

    install(FakeEntryPoint("copycat", lambda: NETWORKS.register_module(name="Sharpener", module=Other)))
    assert isinstance(NETWORKS.build(dict(type="Sharpener")), Sharpener)
    assert "Sharpener is already registered in network" in load_plugins()["copycat"]


def test_failures_reach_the_check_of_a_config(install, tmp_path) -> None:
    from restorekit.engine.config import load_config

    config = tmp_path / "config.py"
    config.write_text('model = dict(type="RestorationModel", network=dict(type="Sharpener"))\n')
    install(FakeEntryPoint("broken", fail))
    with pytest.raises(KeyError, match="The plugin 'broken' failed to load: ImportError"):
        load_config(config)


def test_a_config_finds_what_only_a_plugin_registers(install, tmp_path) -> None:
    from restorekit.engine.config import load_config

    config = tmp_path / "config.py"
    config.write_text('model = dict(type="RestorationModel", network=dict(type="Sharpener"))\n')
    install(FakeEntryPoint("sharp", lambda: NETWORKS.register_module(module=Sharpener)))
    assert load_config(config).model.network.type == "Sharpener"
