from collections import Counter
from itertools import islice

import pytest
from torch.utils.data import DataLoader, Dataset

from restorekit.datasets import CountingSampler, EndlessSamples, MixedSamples, SyntheticPages


class Named(Dataset):
    """Items that say where they are from."""

    def __init__(self, name, length, endless=False):
        self.name, self.length, self.endless = name, length, endless

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return self.name, index


def mixture(seed=0, shares=(0.7, 0.3)):
    return MixedSamples(datasets=[Named("own", 5), Named("made", 9, endless=True)], shares=shares, seed=seed)


def test_each_dataset_has_its_share_of_every_hundred_samples():
    mixed = mixture()
    assert len(mixed) == 14
    for start in (0, 700):
        names = [mixed[draw][0] for draw in range(start, start + 100)]
        assert Counter(names) == {"own": 70, "made": 30}
        assert len(set(names[:10])) == 2  # and not one after the other
    thirds = MixedSamples(datasets=[Named(name, 2) for name in "abc"], shares=[1 / 3] * 3)
    assert sorted(Counter(thirds[draw][0] for draw in range(100)).values()) == [33, 33, 34]


def test_the_samples_of_each_are_those_it_has_alone():
    mixed, alone = mixture(seed=3), EndlessSamples(dataset=Named("own", 5), seed=3)
    drawn = [mixed[draw] for draw in range(250)]
    own = [index for name, index in drawn if name == "own"]
    assert own == [alone[draw][1] for draw in range(len(own))]
    made = [index for name, index in drawn if name == "made"]
    assert made == list(range(len(made)))  # made pages go on beyond their length


def test_a_later_start_and_workers_give_the_same_samples():
    mixed = mixture()
    sampler = CountingSampler(mixed, start=150)
    loader = DataLoader(mixed, None, sampler=sampler, num_workers=2)
    assert [tuple(one) for one in islice(loader, 60)] == [mixed[draw] for draw in range(150, 210)]


def test_another_seed_gives_another_order():
    orders = [[mixture(seed)[draw] for draw in range(100)] for seed in (0, 0, 1)]
    assert orders[0] == orders[1] != orders[2]
    with pytest.raises(ValueError, match="seed is -1"):
        mixture(seed=-1)


@pytest.mark.parametrize("shares", [(0.7,), (0.7, 0.2), (1.0, 0.0), (0.5, 0.6), (1.2, -0.2), (0.999, 0.001)])
def test_shares_that_do_not_make_a_whole_are_refused(shares):
    with pytest.raises(
        ValueError, match=r"shares is \[.*for 2 datasets; expected one of 0.01 or more for each"
    ):
        mixture(shares=shares)


def test_a_share_may_be_a_percent():
    rare = mixture(shares=(0.99, 0.01))
    assert [rare[draw][0] for draw in range(100)].count("made") == 1


def test_made_pages_and_mixtures_are_endless():
    assert SyntheticPages.endless
    inner = mixture()
    outer = MixedSamples(datasets=[inner, Named("other", 5)], shares=[0.9, 0.1])
    drawn = [outer[draw] for draw in range(100)]
    assert [one for one in drawn if one[0] != "other"] == [inner[draw] for draw in range(90)]
