import pytest

from restorekit.engine.config import load_config
from restorekit.engine.schedule_checks import check_schedule


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (dict(type="StepLR", step_size=0), "step_size is 0; expected 1 or more"),
        (dict(type="StepLR", step_size=1, gamma=0), "gamma is 0; expected a number above 0"),
        (dict(type="MultiStepLR", milestones=[3, -1]), r"milestones is \[3, -1\]; expected numbers of 0"),
        (dict(type="CosineAnnealingLR", T_max=0), "T_max is 0; expected 1 or more"),
        (dict(type="CosineAnnealingLR", T_max=9, eta_min=-1e-6), "eta_min is -1e-06; expected a rate of 0"),
        (dict(type="CosineRestartLR", periods=[]), r"periods is \[\]; expected numbers of 1"),
        (dict(type="LinearLR", start_factor=0), r"start_factor is 0; expected a share in \(0, 1\]"),
        (dict(type="LinearLR", end_factor=2), r"end_factor is 2; expected a share in \[0, 1\]"),
        (dict(type="LinearLR", begin=-1), "begin is -1; expected 0 or more"),
        (dict(type="LinearLR", begin=5, end=5), "end is 5; expected more than its begin, 5"),
        (dict(type="LinearLR", end=0), "end is 0; expected more than its begin, 0"),
        (dict(type="PolyLR", power=-1), "power is -1; expected a number above 0"),
        (dict(type="OneCycleLR", eta_max=0.1, total_steps=0), "total_steps is 0; expected 1 or more"),
    ],
)
def test_what_a_schedule_cannot_be_is_refused_by_name(tiny_config, given, words):
    options = {
        "param_scheduler": [dict(type="StepLR", step_size=1, by_epoch=False), given | {"by_epoch": False}]
    }
    with pytest.raises(ValueError, match=rf"tiny\.py: param_scheduler\[1\]\.{words}"):
        load_config(tiny_config, options)


def test_what_schedules_may_be_passes():
    check_schedule(dict(type="LinearLR", start_factor=1, end_factor=0, begin=0, end=1), where="here")
    check_schedule(dict(type="MultiStepLR", milestones=[0, 3], gamma=1e-6), where="here")
    check_schedule(dict(type="CosineAnnealingLR", T_max=None, eta_min=0, begin=None), where="here")
