# Erase handwriting with the contest's model two (Non-Local refinement), stage one: dice on the mask and L1.
#   python tools/train.py configs/handwrite_nonlocal_stage1.py --data data/handwriting
# Expect: three times model one's time a step; the contest entry reports 38.06 dB after both stages.
_base_ = ["_base_/runtime.py", "_base_/handwriting.py", "_base_/nonlocal_erase_net.py"]
