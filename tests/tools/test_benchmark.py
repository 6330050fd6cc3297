import runpy
from pathlib import Path

import pytest

main = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "benchmark.py"))["main"]


def test_figures_are_printed(capsys):
    assert main(["prediction", "watermark", "--megapixels", "0.01", "--rounds", "1"]) == 0
    assert "seconds_per_megapixel" in capsys.readouterr().out
    assert main(["prediction", "nowhere"]) == 2


@pytest.mark.parametrize(
    "option, value", [("--rounds", "0"), ("--crop", "-64"), ("--samples", "0"), ("--megapixels", "inf")]
)
def test_what_cannot_be_timed_is_refused(tiny_config, capsys, option, value):
    with pytest.raises(SystemExit):
        main(["training", str(tiny_config), option, value])
    assert f"{option}: expected a number above 0; got {value}" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["training", "loading"])
def test_a_config_without_data_is_told_to_lack_it(tmp_path, capsys, what):
    (tmp_path / "bare.py").write_text("model = dict(network=dict(type='ResidualUNet'))")
    assert main([what, str(tmp_path / "bare.py")]) == 2
    assert "train_dataloader is None; expected a dict" in capsys.readouterr().err
