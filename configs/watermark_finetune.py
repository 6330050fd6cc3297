# Adapt the weights that ship to marks of your own: some dozens of pairs, and minutes on a GPU.
#   python tools/train.py configs/watermark_finetune.py --data data/watermark
#   python tools/test.py configs/watermark_finetune.py work_dirs/watermark_finetune/best --data data/watermark
# Your marks, but no pairs? `restorekit synthesize watermark --marks-from DIR` makes some, and so does
# watermark_text_guided.py with `load_from=watermark train_dataloader.dataset.marks=DIR`, endlessly.
# Expect: better than the start on marks like yours; the start's own score is
# `python tools/test.py configs/watermark_finetune.py watermark --data data/watermark`. On a CPU ask for less: 400 steps
# of one crop on 48 photographs with one logo of two colours took 13 others from 8.3 dB over the input to 12.2.
#   --cfg-options train_dataloader.batch_size=1 train_cfg.max_iters=400 train_cfg.val_interval=100 \
#       param_scheduler.1.T_max=400
_base_ = ["watermark_text_guided.py"]
load_from = "watermark"
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="EndlessSamples",
        dataset=dict(
            type="PairedImages",
            root="data/watermark",
            subset="train",
            holdout=0.075,
            cache_dir="work_dirs/page_cache",
            pipeline=[
                dict(type="RandomCrop", size=512, ink_bias=0.5),
                dict(type="RandomFlip", probability=0.5),
                dict(type="MaskFromPair", kind="soft"),
                dict(type="ToTensors"),
            ],
        ),
    )
)
val_dataloader = dict(dataset=dict(subset="val", holdout=0.075))
test_dataloader = dict(dataset=dict(subset="val", holdout=0.075))
param_scheduler = [
    dict(type="LinearLR", start_factor=0.1, by_epoch=False, begin=0, end=100),
    dict(type="CosineAnnealingLR", T_max=5000, eta_min=1e-6, by_epoch=False),
]
optim_wrapper = dict(optimizer=dict(_delete_=True, type="Adam", lr=1e-4))
train_cfg = dict(max_iters=5000, val_interval=500)
