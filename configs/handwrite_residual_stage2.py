# Erase handwriting with the toolbox's default network, stage two: weighted L1 alone at a low rate.
#   python tools/train.py configs/handwrite_residual_stage2.py --data data/handwriting
# Expect: a little over stage one.
_base_ = ["handwrite_residual_stage1.py", "_base_/stage2.py"]
load_from = "work_dirs/handwrite_residual_stage1/best"
param_scheduler = [dict(type="CosineAnnealingLR", T_max=100_000, eta_min=1e-6, by_epoch=False)]
