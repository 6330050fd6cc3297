# Erase handwriting with the toolbox's default network: a residual U-Net that adds a correction to the page.
#   python tools/train.py configs/handwrite_residual_stage1.py --data data/handwriting
# Expect: above its input within minutes, on a CPU too (see the README's ladder).
_base_ = ["_base_/runtime.py", "_base_/handwriting.py", "_base_/residual_unet.py"]
optim_wrapper = dict(optimizer=dict(lr=4e-4))
param_scheduler = [
    dict(type="LinearLR", start_factor=0.1, by_epoch=False, begin=0, end=100),
    dict(type="CosineAnnealingLR", T_max=200_000, eta_min=1e-6, by_epoch=False),
]
train_cfg = dict(max_iters=200_000)
