from restorekit.engine import benchmark
from restorekit.engine.config import load_config


def test_actions_take_turns_and_the_first_turn_does_not_count():
    calls = []
    times = benchmark.time_in_turn({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=2)
    assert calls == ["a", "b"] * 3
    assert set(times) == {"a", "b"}


def test_every_figure_is_a_positive_number(tiny_config):
    config = load_config(tiny_config)
    figures = benchmark.benchmark_training(config, crop=32, rounds=1)
    figures |= benchmark.benchmark_loading(config, samples=3)
    figures |= benchmark.benchmark_prediction(config, megapixels=0.01)
    assert figures.pop("has_fast_bf16") in (0.0, 1.0)
    assert all(value > 0 for value in figures.values()), figures
