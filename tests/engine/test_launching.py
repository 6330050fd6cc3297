"""Training in several processes, here on CPUs."""

import json
import os
import socket
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
import torch
from mmengine.config import Config

from restorekit.engine.launching import set_launcher
from restorekit.engine.testing import test as run_test
from restorekit.engine.training import train

CONFIGS = Path(__file__).parents[2] / "configs"
TRAIN = Path(__file__).parents[2] / "tools" / "train.py"


PROCESS = """
import json, sys, time
from itertools import count
from pathlib import Path
from runpy import run_path
from torch.distributed import barrier, destroy_process_group, init_process_group

folder, main = Path(sys.argv[1]), run_path(sys.argv[2])["main"]
init_process_group("gloo")
for number in count():
    while not (job := folder / f"{number}.json").exists():
        time.sleep(0.02)
    if (arguments := json.loads(job.read_text())) is None:
        break
    if code := main(arguments):
        sys.exit(code)
    barrier()
    (folder / f"{number}.done").touch()
destroy_process_group()
"""
"""What each of several processes runs: the trainings that are asked for in a folder, one after the other."""


@pytest.fixture(scope="module")
def train_in_two_processes(tmp_path_factory):
    """A function that trains in two processes, started once: that takes far longer than tiny trainings."""
    folder = tmp_path_factory.mktemp("processes")
    (folder / "process.py").write_text(PROCESS)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with open(folder / "said", "w") as said:
        torchrun = subprocess.Popen(
            [*command, "process.py", str(folder), str(TRAIN)],
            env=environment,
            cwd=folder,
            stdout=said,
            stderr=said,
        )
    numbers = count()

    def run(config: Path, work_dir: Path, *arguments: str) -> None:
        number = next(numbers)
        ask(number, [str(config), "--work-dir", str(work_dir), *arguments])
        while not (folder / f"{number}.done").exists():
            assert torchrun.poll() is None, (folder / "said").read_text()
            time.sleep(0.02)
        assert not (folder / ".dist_test").exists()  # what mmengine exchanges results by, if it may

    def ask(number: int, arguments: list[str] | None) -> None:
        job = folder / f"{number}.part"
        job.write_text(json.dumps(arguments))
        job.rename(folder / f"{number}.json")

    yield run
    ask(next(numbers), None)
    assert torchrun.wait() == 0, (folder / "said").read_text()


@pytest.mark.parametrize("adversarial", [False, True])
def test_two_processes_train_what_one_does_with_twice_the_batch(
    tiny_config, tmp_path, adversarial, train_in_two_processes
):
    if adversarial:
        parts = "network=dict(optimizer=SGD, clip_grad=dict(max_norm=1.0)), discriminator=dict(optimizer=SGD)"
        tiny_config.write_text(f"""{tiny_config.read_text()}
model.update(type="AdversarialModel", discriminator_width=2)
model_wrapper_cfg = dict(type="AdversarialWrapper")
train_dataloader["dataset"]["dataset"]["pipeline"][0]["size"] = 256
SGD = dict(type="SGD", lr=0.1)
optim_wrapper = dict(_delete_=True, constructor="AdversarialOptimizers", {parts})
del SGD
""")
    options = ("--cfg-options", "train_dataloader.batch_size=1")
    train_in_two_processes(tiny_config, tmp_path / "two", *options)
    (log,) = (tmp_path / "two").glob("*/*.log")
    assert log.read_text().count("Saving checkpoint at 4 iterations") == 1
    train(str(tiny_config), work_dir=str(tmp_path / "one"))
    two, one = (
        torch.load(tmp_path / folder / "iter_4.pth", weights_only=True)["state_dict"]
        for folder in ("two", "one")
    )
    assert two.keys() == one.keys()
    for key, value in one.items():
        torch.testing.assert_close(two[key], value, rtol=0, atol=1e-6)


def test_two_processes_validate_the_batch_norms_that_are_kept(tiny_config, tmp_path, train_in_two_processes):
    plain = dict(type="EraseNet", width=4, spectral_norm=False, _delete_=True)
    unused = Config.fromfile(CONFIGS / "_base_" / "erase_net.py").find_unused_parameters
    options = [f"model.network={plain}", "train_dataloader.dataset.dataset.pipeline.0.size=64"]
    options += [f"find_unused_parameters={unused}"]
    work_dir = tmp_path / "two"
    arguments = ("--minutes", "1", "--holdout", "2", "--cfg-options", *options)
    train_in_two_processes(tiny_config, work_dir, *arguments)
    validated = json.loads((work_dir / "best_score.json").read_text())["psnr"]
    kept = run_test(str(tiny_config), [str(work_dir / "best")], holdout="2", precision="fp32")
    assert kept["mean"]["psnr"] == pytest.approx(validated, abs=1e-9)


def test_a_training_parts_from_the_processes_that_it_joined(tiny_config, tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free.getsockname()[1])}
    for name, value in (address | {"RANK": "0", "LOCAL_RANK": "0", "WORLD_SIZE": "1"}).items():
        monkeypatch.setenv(name, value)
    train(str(tiny_config), work_dir=str(tmp_path / "work"), launcher="pytorch")
    assert not torch.distributed.is_initialized()


@pytest.mark.parametrize(
    "launcher, variable, words",
    [
        ("pytorch", "LOCAL_RANK", "torchrun, which started none: torchrun --nproc-per-node 2 tools/train.py"),
        ("slurm", "SLURM_PROCID", "srun, which started none: srun -n 2 python tools/train.py"),
        (
            "mpi",
            "OMPI_COMM_WORLD_LOCAL_RANK",
            "mpirun, which started none: mpirun -n 2 python tools/train.py",
        ),
    ],
)
def test_a_training_is_told_what_starts_its_processes_and_leaves_no_folder(
    launcher, variable, words, tiny_config, tmp_path, monkeypatch
):
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ValueError, match=f"launcher='{launcher}' is for processes of {words}"):
        train(str(tiny_config), work_dir=str(tmp_path / "work"), launcher=launcher)
    assert not (tmp_path / "work").exists()


def test_more_processes_than_gpus_are_refused(monkeypatch):
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "none")
    monkeypatch.setenv("LOCAL_RANK", "2")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    with pytest.raises(ValueError, match="more processes than there are GPUs: give --nproc-per-node 2"):
        set_launcher(Config(), None)


def test_a_training_alone_is_left_as_it_is(monkeypatch):
    monkeypatch.delenv("TORCHELASTIC_RUN_ID", raising=False)
    config = Config()
    set_launcher(config, None)
    assert not config.to_dict()
