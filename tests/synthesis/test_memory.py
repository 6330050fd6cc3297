import platform
import subprocess
import sys

import pytest

LOOK = """
import resource
import numpy as np
from restorekit.synthesis.memory import keep_memory

def faults():
    start = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    planes = [np.ones(25_000_000 // 4, np.float32) for _ in range(4)]
    del planes
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - start

if {kept}:
    keep_memory()
faults()
print(faults())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other systems' memory is left as it is")
def test_what_was_freed_is_used_again_and_asked_of_the_system_no_more():
    found = {}
    for kept in (False, True):
        run = subprocess.run(
            [sys.executable, "-c", LOOK.format(kept=kept)], capture_output=True, text=True, check=True
        )
        found[kept] = int(run.stdout)
    assert found[True] < 0.05 * found[False]
