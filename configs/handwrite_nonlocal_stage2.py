# Erase handwriting with the contest's model two (Non-Local refinement), stage two: L1 alone, low rate.
#   python tools/train.py configs/handwrite_nonlocal_stage2.py --data data/handwriting
# Expect: as from handwrite_stage2.py.
_base_ = ["handwrite_nonlocal_stage1.py"]
load_from = "work_dirs/handwrite_nonlocal_stage1/best"
model = dict(losses=dict(dice=None))
optim_wrapper = dict(optimizer=dict(lr=1e-5))
train_cfg = dict(max_iters=100_000)
