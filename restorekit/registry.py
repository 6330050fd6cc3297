"""The registries that turn a config's ``type`` into an object.

``NETWORKS``, ``LOSSES`` and ``INFERENCERS`` are roots of our own. The others are children of mmengine's,
so that the Runner finds our components and its own alike.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from mmengine import registry as mmengine_registry
from mmengine.registry import Registry

from restorekit.declared import declared_types, fits, in_words, needed
from restorekit.plugins import load_plugins

SCOPE = "restorekit"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``"; did you mean 'x'?"`` for the closest known name, else a full stop."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else "."


def find(kind: Any, registry: Registry) -> Any:
    """The component called ``kind`` in ``registry`` or its parents.

    Only registered names are looked up: a dotted path to any importable object is refused, so that a
    config that came with somebody's weights cannot name code of its choice.

    Raises:
        KeyError: no such component; the message has the nearest name, and the plugins that failed to load.
    """
    if not isinstance(kind, str):
        return kind
    load_plugins()
    known: dict[str, Any] = {}
    level: Registry | None = registry
    while level is not None:
        known = {**level.module_dict, **known}
        level = level.parent
    if kind in known:
        return known[kind]
    told = f" Known: {', '.join(sorted(known))}." if known else ""
    raise KeyError(
        f"no {registry.name} is called {kind!r}{did_you_mean(kind, known)}{told} One of your own must be"
        " imported first: install its plugin, import its module (--plugin), or name it in a config's"
        " custom_imports."
        f"{broken_plugins()}"
    )


def broken_plugins() -> str:
    """A line on each plugin that failed to load, to end a message with that misses a component."""
    return "".join(f"\nThe plugin {name!r} failed to load: {why}" for name, why in load_plugins().items())


def check_arguments(component: Any, config: dict) -> None:
    """Raise a TypeError for an argument that ``component`` lacks, or declares to be of another type."""
    try:
        types, takes_others = declared_types(component)
    except (TypeError, ValueError):  # a builtin without a signature
        return
    for key, value in config.items():
        if key in ("type", "_scope_"):
            continue
        if key not in types and not takes_others:
            raise TypeError(
                f"{component.__name__} has no argument {key!r}{did_you_mean(key, types)}"
                f" It takes: {', '.join(types) or 'none'}."
            )
        kind = types.get(key, Any)
        if not fits(value, kind):
            raise TypeError(f"{component.__name__} takes {in_words(kind)} as {key}; got {value!r}")


def check_complete(component: Any, arguments: Iterable[str]) -> None:
    """Raise a TypeError where ``component`` does not go without an argument that is none of these."""
    if lacking := [name for name in needed(component) if name not in arguments]:
        raise TypeError(f"{component.__name__} needs {', '.join(lacking)}, which its config does not give")


def build(config: Any, registry: Registry, **extra: Any) -> Any:
    """Build ``config['type']`` from ``registry`` with the config's other keys as arguments.

    Raises:
        KeyError: no such component (see ``find``).
        TypeError: ``config`` is no dict with a type, or the component takes no such argument, or needs
            others; the message has the nearest argument, or those.
    """
    kind = config.get("type") if isinstance(config, dict) else None
    if not (isinstance(kind, str) or callable(kind)):
        raise TypeError(
            f"the {registry.name} must be a dict with a 'type', such as dict(type='...'); got {config!r}"
        )
    component = find(kind, registry)
    check_arguments(component, config)
    arguments = {key: value for key, value in config.items() if key != "type"} | extra
    check_complete(component, arguments)
    return component(**arguments)


def _root(name: str) -> Registry:
    return Registry(name, build_func=build, scope=SCOPE)


def _child(name: str) -> Registry:
    parent = getattr(mmengine_registry, name)
    return Registry(parent.name, parent=parent, build_func=build, scope=SCOPE)


NETWORKS = _root("network")
LOSSES = _root("loss")
INFERENCERS = _root("inferencer")

MODELS = _child("MODELS")
DATASETS = _child("DATASETS")
TRANSFORMS = _child("TRANSFORMS")
METRICS = _child("METRICS")
HOOKS = _child("HOOKS")
LOOPS = _child("LOOPS")
DATA_SAMPLERS = _child("DATA_SAMPLERS")
OPTIMIZERS = _child("OPTIMIZERS")

# The Runner builds from these too; without a child of ours it warns that it cannot find our scope.
_OTHERS = [
    _child(name)
    for name in (
        *("EVALUATOR", "LOG_PROCESSORS", "MODEL_WRAPPERS", "OPTIM_WRAPPERS", "PARAM_SCHEDULERS"),
        *("OPTIM_WRAPPER_CONSTRUCTORS", "RUNNERS", "VISBACKENDS", "VISUALIZERS", "FUNCTIONS"),
    )
]
