# The demo: a small residual U-Net on made forms and unseen hands, in minutes on two cores. `make demo` runs it all.
#   python tools/train.py configs/demo.py --data demo/data
# Expect: some 7 dB over the input after 2500 iterations, pale traces of ink, and a twentieth of the print harmed; the
# weights that ship reach 9 dB on these sheets. Forms of any kind want more pages and time.
_base_ = ["_base_/runtime.py", "_base_/handwriting.py", "_base_/residual_unet.py"]
model = dict(
    network=dict(widths=[24, 48, 96]),
    losses=dict(l1=dict(ink_weight=1.0)),  # in minutes, better to leave ink than to take print
)
optim_wrapper = dict(optimizer=dict(lr=1e-3))
param_scheduler = [
    dict(type="LinearLR", start_factor=0.1, by_epoch=False, begin=0, end=20),
    dict(type="CosineAnnealingLR", T_max=2500, eta_min=1e-6, by_epoch=False),
]
train_cfg = dict(max_iters=2500, val_interval=2500)
train_dataloader = dict(
    num_workers=1,
    dataset=dict(
        dataset=dict(
            holdout=6,
            cache_dir=None,
            pipeline=[
                dict(type="RandomCrop", size=128, ink_bias=0.5),
                dict(type="RandomFlip", probability=0.5),
                dict(type="MaskFromPair", kind="soft"),
                dict(type="ToTensors"),
            ],
        )
    ),
)
val_dataloader = dict(dataset=dict(holdout=6))
test_dataloader = dict(dataset=dict(holdout=6))
test_evaluator = dict(names=["psnr", "psnr_gain", "ssim", "damage", "residue", "mask_f1"])
default_hooks = dict(logger=dict(interval=25), checkpoint=dict(interval=500))
inferencer = dict(type="Tiled", tile=512, margin=32, extend="none", _delete_=True)
