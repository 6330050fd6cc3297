from typing import Any

import mmengine.hooks  # noqa: F401  (registers what the tests look up by way of ours)
import pytest
from mmengine import registry as mmengine_registry
from mmengine.registry import DefaultScope, Registry
from torch import nn

import restorekit.registry as own
from restorekit.registry import HOOKS, INFERENCERS, LOSSES, MODELS, NETWORKS, build, find


@pytest.fixture
def shapes() -> Registry:
    """A registry of this test's own, with one component."""
    registry = Registry("shape", build_func=build, scope="restorekit")

    @registry.register_module()
    class Rectangle:
        def __init__(self, *, width: int, height: int = 1) -> None:
            self.area = width * height

    return registry


def test_build(shapes: Registry) -> None:
    config = dict(type="Rectangle", width=3, height=2)
    assert shapes.build(config).area == 6
    assert config == dict(type="Rectangle", width=3, height=2)


def test_an_unknown_type_names_the_near_one_and_lists_all(shapes: Registry) -> None:
    with pytest.raises(KeyError) as caught:
        shapes.build(dict(type="Rectangel", width=3))
    message = caught.value.args[0]
    assert message.startswith("no shape is called 'Rectangel'; did you mean 'Rectangle'? Known: Rectangle.")
    assert "custom_imports" in message


def test_an_unknown_type_with_nothing_near_suggests_nothing(shapes: Registry) -> None:
    with pytest.raises(KeyError, match=r"no shape is called 'Blob'\. Known: Rectangle\."):
        shapes.build(dict(type="Blob"))
    with pytest.raises(KeyError, match=r"no empty is called 'Blob'\. One of your own must be imported"):
        Registry("empty", build_func=build).build(dict(type="Blob"))


def test_a_misspelled_argument_names_the_near_one_and_lists_all(shapes: Registry) -> None:
    message = r"Rectangle has no argument 'widht'; did you mean 'width'\? It takes: width, height\."
    with pytest.raises(TypeError, match=message):
        shapes.build(dict(type="Rectangle", widht=3))


def test_arguments_that_a_config_leaves_out_are_named(shapes: Registry) -> None:
    shapes.register_module(name="Ratio", module=lambda over, *, under, scale=1, **more: None)
    with pytest.raises(TypeError, match=r"^Rectangle needs width, which its config does not give$"):
        shapes.build(dict(type="Rectangle", height=3))
    with pytest.raises(TypeError, match="needs over, under, which its config does not give"):
        shapes.build(dict(type="Ratio", unit="px", scale=2))
    assert build(dict(type="Rectangle"), shapes, width=4).area == 4


def test_a_component_that_takes_any_argument_gets_any(shapes: Registry) -> None:
    shapes.register_module(name="Anything", module=lambda **arguments: arguments)
    assert shapes.build(dict(type="Anything", widht=3)) == {"widht": 3}


def test_text_is_no_number(shapes: Registry) -> None:
    for name in ("width", "height"):
        with pytest.raises(TypeError, match=f"Rectangle takes a whole number as {name}; got '1e-4x'"):
            shapes.build(dict(type="Rectangle", **{"width": 3, name: "1e-4x"}))


def test_a_number_that_a_class_passes_on_is_one_too(shapes: Registry) -> None:
    class Base:
        def __init__(self, length: float | None = None, kind: int | str = 3) -> None:
            self.length, self.kind = length, kind

    @shapes.register_module()
    class Line(Base):
        def __init__(self, *args, **others) -> None:
            super().__init__(*args, **others)

    assert shapes.build(dict(type="Line", kind="thin")).kind == "thin"
    with pytest.raises(TypeError, match="Line takes a number or None as length; got 'long'"):
        shapes.build(dict(type="Line", length="long"))


def test_none_is_taken_where_it_is_declared_or_might_be(shapes: Registry) -> None:
    @shapes.register_module()
    class Polygon:
        def __init__(
            self, *, sides: list[list[int]], thick: int = 1, fill: Any = 0, name: str | None = ""
        ) -> None:
            self.made_of = (sides, thick, fill, name)

    @shapes.register_module()
    class Bare:
        def __init__(self, size=1, kind: "Kind" = "", least: int = None) -> None:  # noqa: F821, RUF013
            self.made_of = (size, kind, least)

    assert shapes.build(dict(type="Polygon", sides=[], fill=None, name=None)).made_of == ([], 1, None, None)
    assert shapes.build(dict(type="Bare", size=None, kind=None, least=None)).made_of == (None, None, None)
    with pytest.raises(TypeError, match="Polygon takes a list of lists of whole numbers as sides; got None"):
        shapes.build(dict(type="Polygon", sides=None))
    with pytest.raises(TypeError, match="Polygon takes a whole number as thick; got None"):
        shapes.build(dict(type="Polygon", sides=[], thick=None))


def test_a_fraction_is_no_whole_number(shapes: Registry) -> None:
    assert shapes.build(dict(type="Rectangle", width=3.0)).area == 3
    with pytest.raises(TypeError, match="Rectangle takes a whole number as width; got 3.5"):
        shapes.build(dict(type="Rectangle", width=3.5))


@pytest.mark.parametrize("config", [None, "Rectangle", dict(width=3), dict(type=5), dict(type=None)])
def test_a_config_must_be_a_dict_with_a_type(shapes: Registry, config) -> None:
    with pytest.raises(TypeError, match=r"the shape must be a dict with a 'type'.*got"):
        build(config, shapes)


@pytest.mark.parametrize("registry", [NETWORKS, LOSSES, INFERENCERS, MODELS, HOOKS], ids=lambda r: r.name)
@pytest.mark.parametrize("kind", ["collections.OrderedDict", "torch.nn.Identity", "builtins.print"])
def test_dotted_paths_are_refused(registry: Registry, kind: str) -> None:
    """Weights bring a config along; its types must not reach any importable object."""
    with pytest.raises(KeyError, match=f"no {registry.name} is called '{kind}'"):
        registry.build(dict(type=kind))


def test_a_class_in_place_of_a_name_is_taken_as_it_is(shapes: Registry) -> None:
    assert find(nn.Identity, shapes) is nn.Identity


def test_children_see_what_mmengine_registered() -> None:
    assert find("EMAHook", HOOKS) is mmengine_registry.HOOKS.get("EMAHook")


def test_our_roots_do_not_see_what_mmengine_registered() -> None:
    with pytest.raises(KeyError, match="no network is called 'EMAHook'"):
        find("EMAHook", NETWORKS)


@pytest.mark.parametrize("name", [n for n, r in vars(own).items() if isinstance(r, Registry) and r.parent])
def test_a_root_of_mmengine_finds_our_components(name: str) -> None:
    """The Runner builds from the roots, under the default scope that our configs set."""
    child, root = getattr(own, name), getattr(mmengine_registry, name)
    assert child.parent is root

    class Probe:
        pass

    child.register_module(module=Probe, name="ProbeOfThisTest")
    try:
        assert root.get("restorekit.ProbeOfThisTest") is Probe
        with DefaultScope.overwrite_default_scope("restorekit"):
            assert isinstance(root.build(dict(type="ProbeOfThisTest")), Probe)
    finally:
        child.module_dict.pop("ProbeOfThisTest")


def test_every_root_that_the_runner_builds_from_has_a_child_in_our_scope() -> None:
    ignored = {
        *("RUNNER_CONSTRUCTORS", "TASK_UTILS", "WEIGHT_INITIALIZERS", "INFERENCERS", "STRATEGIES"),
    }
    roots = {n: r for n, r in vars(mmengine_registry).items() if isinstance(r, Registry)}
    lacking = {n for n, r in roots.items() if "restorekit" not in r.children and n not in ignored}
    assert lacking == set()
