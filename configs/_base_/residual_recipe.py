# How the default network trains: fast at first, then slower and slower.
_base_ = ["runtime.py", "residual_unet.py"]
optim_wrapper = dict(optimizer=dict(lr=4e-4))
param_scheduler = [
    dict(type="LinearLR", start_factor=0.1, by_epoch=False, begin=0, end=100),
    dict(type="CosineAnnealingLR", T_max=200_000, eta_min=1e-6, by_epoch=False),
]
train_cfg = dict(max_iters=200_000)
