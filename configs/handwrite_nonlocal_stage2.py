# Erase handwriting with the contest's model two (Non-Local refinement), stage two: L1 alone, low rate.
#   python tools/train.py configs/handwrite_nonlocal_stage2.py --data data/handwriting
# Expect: as from handwrite_stage2.py.
_base_ = ["handwrite_nonlocal_stage1.py", "_base_/stage2.py"]
load_from = "work_dirs/handwrite_nonlocal_stage1/best"
