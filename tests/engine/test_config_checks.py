"""What a config says wrongly is named, with its place and what is right."""

import re

import pytest
from mmengine.config import Config

from restorekit.engine.config import load_config, parse_options
from restorekit.engine.config_checks import check_config, remark_on_rates


def test_a_misspelled_top_level_key_names_the_near_one():
    with pytest.raises(ValueError, match=r"x.py: unknown key 'trian_cfg'; did you mean 'train_cfg'"):
        check_config(Config(dict(trian_cfg=dict(max_iters=3))), source="x.py")


def test_a_variable_of_a_config_is_told_how_to_be_one(tiny_config):
    tiny_config.write_text(tiny_config.read_text() + "\nflips = [dict(type='RandomFlip')]\n")
    with pytest.raises(ValueError, match=r"unknown key 'flips'. .* deleted at the config's end: del flips"):
        load_config(tiny_config)
    tiny_config.write_text(tiny_config.read_text() + "del flips\n")
    load_config(tiny_config)


@pytest.mark.parametrize(
    "part, words",
    [
        (
            dict(train_dataloader=dict(batchsize=8)),
            "in train_dataloader: unknown key 'batchsize'; did you mean 'batch_size'",
        ),
        (dict(val_dataloader=dict(batch_size=-1)), "val_dataloader.batch_size is -1; expected .* 1 or more"),
        (dict(train_dataloader=dict(batch_size="4a")), "train_dataloader.batch_size is '4a'"),
        (dict(train_dataloader=dict(batch_size=2.0)), "train_dataloader.batch_size is 2.0; expected a whole"),
        (
            dict(test_dataloader=dict(num_workers=1.5)),
            "num_workers is 1.5; expected a whole number",
        ),
        (dict(randomness=dict(seed="abc")), "randomness.seed is 'abc'; expected a whole number or None"),
        (dict(randomness=dict(seed=-1)), "randomness.seed is -1"),
        (dict(optim_wrapper=dict(accumulative_counts=0)), "accumulative_counts is 0; expected .* 1 or more"),
        (dict(train_cfg=dict(max_iters=0)), "train_cfg.max_iters is 0; expected a whole number, 1 or more"),
        (dict(train_cfg=dict(max_iters=2.5)), "train_cfg.max_iters is 2.5"),
        (dict(train_cfg=dict(val_interval="x")), "train_cfg.val_interval is 'x'"),
        (
            dict(val_dataloader=dict(dataset=dict(type="ConcatDataset"))),
            r"mmengine's ConcatDataset takes.*root",
        ),
        (dict(val_dataloader=3), "val_dataloader is 3; expected a dict"),
        (dict(env_cfg=dict(cudnn_benchmrk=True)), "in env_cfg: .*'cudnn_benchmark'"),
        (dict(randomness=dict(sed=1)), "in randomness: unknown key 'sed'; did you mean 'seed'"),
        (
            dict(model=dict(losses=dict(dice=dict(type="DiceLoss"), dise=dict(weight=0.2)))),
            r"model.losses.dise is .*expected a dict with a 'type', or None; did you mean 'dice'",
        ),
        (dict(default_hooks=dict(chekpoint=dict(interval=5))), "default_hooks.chekpoint is"),
        (
            dict(default_hooks=dict(checkpoint=dict(type="CheckpointHook", interval=0))),
            "default_hooks.checkpoint.interval is 0; expected a whole number, 1 or more",
        ),
        (
            dict(default_hooks=dict(checkpoint=dict(type="CheckpointHook", max_keep_ckpts=1))),
            "max_keep_ckpts=1 has the only checkpoint deleted before .*keep 2 or more",
        ),
        (
            dict(default_hooks=dict(checkpoint=dict(type="CheckpointHook", out_dir="elsewhere"))),
            r"checkpoint.out_dir is 'elsewhere', and resuming \(--resume\) looks for iter_N.pth in work_dir",
        ),
        (
            dict(train_cfg=dict(max_iters=9), param_scheduler=[dict(type="StepLR", step_size=1)]),
            r"param_scheduler\[0\] goes by epochs, and .* one alone: write by_epoch=False",
        ),
        (
            dict(
                train_cfg=dict(max_iters=9),
                default_hooks=dict(checkpoint=dict(type="CheckpointHook", interval=1000)),
            ),
            "default_hooks.checkpoint goes by epochs",
        ),
        (
            dict(optim_wrapper=dict(type="AmpOptimWrapper", optimizer=dict(type="Adam"))),
            r"optim_wrapper.type is 'AmpOptimWrapper', and .* model.precision='bf16' \(--amp\)",
        ),
        # the ways of mmengine: one leaves what sees the image untrained, one cannot trace these networks
        (dict(activation_checkpointing=["network"]), "unknown key 'activation_checkpointing'"),
        (dict(efficient_conv_bn_eval=["network"]), "unknown key 'efficient_conv_bn_eval'"),
        (dict(sync_bn="mmcv"), "sync_bn is 'mmcv'; expected 'torch' or None"),
    ],
)
def test_a_misspelled_key_of_a_plain_dict_is_named(part, words):
    with pytest.raises(ValueError, match="x.py: .*" + words):
        check_config(Config(part), source="x.py")


@pytest.mark.parametrize(
    "scheduler",
    [
        dict(type="StepLR", step_size=1, by_epoch=False),
        dict(type="StepLR", step_size=1, convert_to_iter_based=True),
        dict(type="ReduceOnPlateauLR", monitor="psnr"),
    ],
)
def test_what_steps_in_a_training_by_iterations_is_let_through(scheduler):
    check_config(Config(dict(train_cfg=dict(max_iters=9), param_scheduler=scheduler)), source="x.py")


@pytest.mark.parametrize(
    "steps, cosine, words",
    [
        (400, {}, "will not have fallen by then. Give both"),
        (4000, {}, r"scheduler\[1\].T_max=2000 is not what train_cfg.max_iters=4000 takes: rates rise again"),
        (2000, {}, None),
        (2100, {"begin": 100}, None),
        (4000, {"end": 2000}, None),
        (4000, {"convert_to_iter_based": True}, None),
    ],
)
def test_a_cosine_that_does_not_end_with_the_training_is_remarked_on(steps, cosine, words):
    warmup = dict(type="LinearLR", start_factor=0.1, end=100)
    schedule = [warmup, dict(type="CosineAnnealingLR", T_max=2000, **cosine)]
    config = Config(dict(train_cfg=dict(max_iters=steps), param_scheduler=schedule))
    assert re.search(words, remark_on_rates(config)) if words else remark_on_rates(config) == ""
    by_time = dict(default_hooks=dict(time_budget=dict(type="TimeBudgetHook", minutes=5)))
    assert remark_on_rates(Config(config.to_dict() | by_time)) == ""


def test_what_goes_by_epochs_may_where_the_training_does():
    epochs = dict(train_cfg=dict(max_epochs=9), param_scheduler=dict(type="StepLR", step_size=1))
    check_config(Config(epochs), source="x.py")


def test_what_may_be_none_may_be_none():
    check_config(
        Config(dict(default_hooks=dict(ema=None), model=dict(losses=dict(dice=None)), optim_wrapper=None)),
        source="x.py",
    )


def test_a_misspelled_type_or_argument_names_its_place_and_the_near_one(tiny_config):
    with pytest.raises(KeyError, match=r"in model.network: nothing is called 'ResidulUNet'.*'ResidualUNet'"):
        load_config(tiny_config, {"model.network.type": "ResidulUNet"})
    with pytest.raises(TypeError, match=r"in model.network: ResidualUNet has no argument 'width'.*'widths'"):
        load_config(tiny_config, {"model.network.width": 3})
    with pytest.raises(
        TypeError, match=r"pipeline\[0\]: RandomCrop has no argument 'sise'; did you mean 'size'"
    ):
        load_config(tiny_config, {"train_dataloader.dataset.dataset.pipeline.0.sise": 3})


@pytest.mark.parametrize(
    "part, words",
    [
        (
            dict(inferencer=dict(type="Tiled", tile=9)),
            "x.py: in inferencer: Tiled needs margin, which its config",
        ),
        (dict(model=dict(type="RestorationModel")), "x.py: in model: RestorationModel needs network, which"),
    ],
)
def test_an_argument_that_is_left_out_is_named_with_its_place(part, words):
    with pytest.raises(TypeError, match=words):
        check_config(Config(part), source="x.py")


@pytest.mark.parametrize(
    "key, words",
    [
        ("optim_wrapper.optimizer.lr", "in optim_wrapper.optimizer: Adam takes a number as lr; got 'abc'"),
        (
            "param_scheduler.0.step_size",
            r"in param_scheduler\[0\]: StepLR takes a whole number as step_size",
        ),
        ("default_hooks.logger.interval", "LoggerHook takes a whole number as interval"),
        ("model.losses.dice.weight", "DiceLoss takes a number as weight"),
        (
            "model.precision",
            "model: RestorationModel takes 'auto', 'fp32' or 'bf16' as precision; got",
        ),
        ("train_dataloader.dataset.dataset.cache_gb", "PairedImages takes a number as cache_gb"),
    ],
)
def test_text_in_the_place_of_another_value_is_named(tiny_config, key, words):
    with pytest.raises(TypeError, match=words):
        load_config(tiny_config, {key: "abc"})


@pytest.mark.parametrize(
    "key, words",
    [
        (
            "inferencer.inferencers.0.tile",
            r"in inferencer.inferencers\[0\]: Tiled takes a whole number as tile; got None",
        ),
        (
            "train_dataloader.dataset.dataset.pipeline",
            "PairedImages takes a list of dicts as pipeline",
        ),
        ("param_scheduler.0.begin", r"param_scheduler\[0\]: StepLR takes a whole number as begin"),
        ("optim_wrapper.optimizer.lr", "Adam takes a number as lr; got None"),
    ],
)
def test_none_in_the_place_of_a_value_is_named(tiny_config, key, words):
    with pytest.raises(TypeError, match=words):
        load_config(tiny_config, {key: None})


@pytest.mark.parametrize(
    "option, words",
    [
        ("load_from=5", "load_from is 5; expected a string or None"),
        ("resume=no", "resume is 'no'; expected True or False"),
        ("log_level=LOUD", "log_level is 'LOUD'; expected 'DEBUG', 'INFO', 'WARNING', 'ERROR' or 'CRITICAL'"),
        ("inferencer=Tiled", "inferencer is 'Tiled'; expected a dict or None"),
        ("param_scheduler=3", "param_scheduler is 3; expected a dict, a list of dicts or None"),
        ("param_scheduler=[3]", "param_scheduler is [3]; expected a dict, a list of dicts or None"),
        ("custom_hooks=[5]", "custom_hooks is [5]; expected a list of dicts or None"),
        ("env_cfg.mp_cfg=5", "env_cfg.mp_cfg is 5; expected a dict"),
        ("train_dataloader.sampler=5", "train_dataloader.sampler is 5; expected a dict or None"),
        ("val_dataloader.drop_last=no", "val_dataloader.drop_last is 'no'; expected True or False"),
        ("optim_wrapper.clip_grad=1.0", "optim_wrapper.clip_grad is 1.0; expected a dict or None"),
        ("optim_wrapper.clip_grad.max_norm=a", "optim_wrapper.clip_grad.max_norm is 'a'; expected a number"),
        (
            "optim_wrapper.clip_grad.max_nrm=1",
            "in optim_wrapper.clip_grad: unknown key 'max_nrm'; did",
        ),
        (
            "optim_wrapper.optimizer=Adam",
            "in optim_wrapper: OptimWrapper takes a dict as optimizer; got",
        ),
        ("optim_wrapper.optimizer.betas=[0.9]", "Adam takes a list of 2 numbers as betas; got [0.9]"),
        ("model.network=5", "in model: RestorationModel takes a dict as network; got 5"),
        (
            "model.network.widths=7",
            "model.network: ResidualUNet takes a list of whole numbers as widths; got 7",
        ),
        ("inferencer.inferencers=[5]", "in inferencer: Chain takes a list of dicts as inferencers; got [5]"),
        ("train_dataloader.dataset.dataset=5", "EndlessSamples takes a dict as dataset; got 5"),
        ("param_scheduler.0.step=5", "in param_scheduler[0]: StepLR has no argument 'step'; did you mean"),
        ("param_scheduler.0.type=5", "param_scheduler[0].type is 5; expected a component's name"),
        ("randomness.seed=1.0", "randomness.seed is 1.0; expected a whole number from 0"),
        ("default_hooks.checkpoint.intervl=5", "CheckpointHook has no argument 'intervl'; did you mean 'int"),
        ("default_hooks.ema.momentum=[1]", "AveragedWeights takes a number as momentum; got [1]"),
        ("default_hooks.ema.gama=5", "AveragedWeights has no argument 'gama'; did you mean 'gamma'"),
        ("default_hooks.ema.ema_type=EMA", "in default_hooks.ema: nothing is called 'EMA'"),
        ("optim_wrapper.constructor=5", "optim_wrapper.constructor is 5; expected a component's name"),
        ("optim_wrapper.constructor=Mine", "in optim_wrapper: nothing is called 'Mine'"),
        ("default_hooks.best.metric=[psnr]", "BestWeightsHook takes a string as metric; got ['psnr']"),
    ],
)
def test_a_value_of_a_wrong_type_is_named_with_its_place_and_the_right_one(tiny_config, option, words):
    with pytest.raises((ValueError, TypeError, KeyError)) as caught:
        load_config(tiny_config, parse_options([option]))
    message = caught.value.args[0]
    assert words in message and message.startswith(str(tiny_config))


def test_gradients_may_be_clipped_by_value(tiny_config):
    clip = {"type": "value", "clip_value": 0.5, "_delete_": True}
    assert load_config(tiny_config, {"optim_wrapper.clip_grad": clip}).optim_wrapper.clip_grad.type == "value"


def test_losses_that_are_no_dict_are_named(tiny_config):
    with pytest.raises(ValueError, match="model.losses is 'l1'; expected a dict of dicts with a 'type'"):
        load_config(tiny_config, {"model.losses": "l1"})


@pytest.mark.parametrize("key, kind", [("mp_cfg", "a dict"), ("resource_limit", "a whole number")])
def test_none_in_the_environment_is_named(tiny_config, key, kind):
    with pytest.raises(ValueError, match=f"env_cfg.{key} is None; expected {kind}"):
        load_config(tiny_config, {f"env_cfg.{key}": None})


@pytest.mark.parametrize("count", [float("inf"), float("nan"), 0, 2.5, "many"])
def test_a_count_is_a_whole_number(tiny_config, count):
    with pytest.raises(
        (ValueError, TypeError), match="train_cfg.max_iters is .* whole number|takes a number"
    ):
        load_config(tiny_config, {"train_cfg.max_iters": count})


def test_rates_by_layer_are_taken_and_their_keys_checked(tiny_config):
    key = "optim_wrapper.paramwise_cfg"
    rates = {"stem": {"lr_mult": 0.5, "betas": [0.5, 0.9]}}
    config = load_config(tiny_config, {key: {"custom_keys": rates}})
    assert config.optim_wrapper.paramwise_cfg.custom_keys == rates
    with pytest.raises(
        ValueError, match="paramwise_cfg: unknown key 'custom_key'; did you mean 'custom_keys'"
    ):
        load_config(tiny_config, {key: {"custom_key": rates}})


@pytest.mark.parametrize("name", ["env_cfg", "randomness"])
def test_settings_of_the_machine_are_a_dict(tiny_config, name):
    with pytest.raises(ValueError, match=f"{name} is None; expected a dict"):
        load_config(tiny_config, {name: None})


def test_a_loader_may_be_none(tiny_config):
    assert load_config(tiny_config, {"val_dataloader": None}).val_dataloader is None
