import pickle
import random
from itertools import islice

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, Dataset

from restorekit.datasets import CountingSampler, EndlessSamples, endless


class Noisy(Dataset):
    """Page number and a random number of each global generator, in one."""

    def __len__(self):
        return 5

    def __getitem__(self, index):
        return index, np.random.random() + 2 * random.random() + 4 * torch.rand(()).item()


def drawn(count, *, start=0, workers=0, seed=0):
    dataset = EndlessSamples(dataset=Noisy(), seed=seed)
    loader = DataLoader(dataset, 2, sampler=CountingSampler(dataset, start=start), num_workers=workers)
    return [
        (int(page), float(number))
        for pages, numbers in islice(loader, count)
        for page, number in zip(pages, numbers, strict=True)
    ]


def test_every_pass_shows_every_page_in_another_order():
    pages = [page for page, _ in drawn(10)]
    passes = [tuple(pages[i : i + 5]) for i in range(0, 20, 5)]
    assert all(sorted(one) == [0, 1, 2, 3, 4] for one in passes)
    assert len(set(passes)) > 1


@pytest.mark.parametrize("workers", [1, 2])
def test_samples_do_not_depend_on_the_number_of_workers(workers):
    assert drawn(6, workers=workers) == drawn(6)


def test_a_later_start_goes_on_with_the_same_samples():
    assert drawn(3, start=6) == drawn(6)[6:]


def test_each_process_takes_its_share(monkeypatch):
    shares = []
    for rank in range(3):
        monkeypatch.setattr(endless, "get_dist_info", lambda rank=rank: (rank, 3))
        shares.append(list(islice(CountingSampler(start=2), 3)))
    assert shares == [[6, 9, 12], [7, 10, 13], [8, 11, 14]]


def test_another_seed_gives_other_samples():
    assert drawn(3, seed=1) != drawn(3)


def test_it_can_be_sent_to_workers_that_are_not_forked():
    dataset = EndlessSamples(dataset=Noisy(), seed=3)
    before = dataset[7]
    assert pickle.loads(pickle.dumps(dataset))[7] == before
    for epoch in range(4):
        dataset[5 * epoch]
    assert len(dataset._orders) == 2


def test_a_seed_below_0_is_refused():
    with pytest.raises(ValueError, match="seed is -1; expected 0 or more"):
        EndlessSamples(dataset=Noisy(), seed=-1)


def test_nothing_is_no_dataset():
    with pytest.raises(TypeError, match="the dataset must be a dict with a 'type'.* got None"):
        EndlessSamples(dataset=None)
