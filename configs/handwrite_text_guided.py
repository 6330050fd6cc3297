# Erase handwriting with the residual network led by a text detector's features (PP-OCRv6, Apache-2.0), as what ships is: go on
# from it. `python tools/guide.py --help` says how to give a network of your own a detector, `tools/grow.py` makes one wider.
#   python tools/train.py configs/handwrite_text_guided.py --data data/handwriting --cfg-options load_from=handwriting
# Expect: from weights without a detector a third less print harmed on pages of another generator after 2600 steps of two
# crops, an hour of one CPU core; after 21 minutes of an H200 at 64 crops a step 22.6 dB over the input on real scans. What
# ships has some short trainings on top (restorekit/weights/handwriting/README.md has the commands).
# What the detector has learnt stays in reach: its layers learn at a fifth of the rate.
_base_ = ["handwrite_made_pages.py"]
model = dict(
    network=dict(type="TextGuidedUNet"),
    losses=dict(
        l1=dict(ink_weight=3.0, print_weight=4.0),
        dice=dict(weight=0.03),
        mask=dict(type="MaskCrossEntropyLoss", weight=0.05),
    ),
)
train_dataloader = dict(dataset=dict(crop=384))
optim_wrapper = dict(
    optimizer=dict(lr=1e-3),
    paramwise_cfg=dict(custom_keys=dict(backbone=dict(lr_mult=0.2), neck=dict(lr_mult=0.2))),
)
