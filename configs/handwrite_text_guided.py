# Erase handwriting with the default network led by a text detector's features (PP-OCRv6, Apache-2.0). `python tools/guide.py
# --help` says where the detector comes from, and makes the folder to start from; tools/grow.py makes it wider.
#   python tools/guide.py handwriting guided --detector PP-OCRv6_det_small.onnx
#   python tools/train.py configs/handwrite_text_guided.py --data data/handwriting --cfg-options load_from=guided
# Expect: after 2600 steps of two crops a third less print harmed on pages of another generator, and more kept of Kai and of
# figures in line (restorekit/weights/handwriting-best/README.md).
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
