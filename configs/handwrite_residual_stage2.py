# Erase handwriting with the toolbox's default network, stage two: plain L1 alone at a low rate.
#   python tools/train.py configs/handwrite_residual_stage2.py --data data/handwriting
# Expect: a little over stage one.
_base_ = ["handwrite_residual_stage1.py"]
load_from = "work_dirs/handwrite_residual_stage1/best"
param_scheduler = [dict(type="CosineAnnealingLR", T_max=100_000, eta_min=1e-6, by_epoch=False)]
model = dict(losses=dict(l1=dict(ink_weight=1.0), dice=None))
optim_wrapper = dict(optimizer=dict(lr=4e-5))
train_cfg = dict(max_iters=100_000)
