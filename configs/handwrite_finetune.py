# Adapt the weights that ship to pages of your own: some dozens of pairs, and minutes on a GPU.
#   python tools/train.py configs/handwrite_finetune.py --data data/handwriting
#   python tools/test.py configs/handwrite_finetune.py work_dirs/handwrite_finetune/best --data data/handwriting
# Expect: better than the start on forms like yours; the start's own score is
# `python tools/test.py configs/handwrite_finetune.py handwriting --data data/handwriting`. On a CPU ask for less:
#   --cfg-options train_dataloader.batch_size=1 train_cfg.max_iters=500 train_cfg.val_interval=100 \
#       param_scheduler.1.T_max=500
_base_ = ["handwrite_residual_stage1.py"]
load_from = "handwriting"
model = dict(network=dict(type="TextGuidedUNet"))
param_scheduler = [
    dict(type="LinearLR", start_factor=0.1, by_epoch=False, begin=0, end=100),
    dict(type="CosineAnnealingLR", T_max=5000, eta_min=1e-6, by_epoch=False),
]
optim_wrapper = dict(optimizer=dict(lr=1e-4))
train_cfg = dict(max_iters=5000, val_interval=500)
