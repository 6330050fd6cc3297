# Remove watermarks with a residual network led by a text detector's features (PP-OCRv6, Apache-2.0), as what ships is: go on
# from it.
#   python tools/train.py configs/watermark_text_guided.py --data data/watermark --cfg-options load_from=watermark
# Expect: on photographs an average precision of the mask of 0.32 with no detector, 0.65 after 4000 steps of two 448 px crops
# (a narrower network), and 0.71 after 20 minutes of an H200 at 48 crops a step (restorekit/weights/watermark/README.md has
# the command).
# What the detector has learnt stays in reach: its layers learn at a fifth of the rate.
_base_ = ["watermark_made_pages.py"]
model = dict(
    network=dict(_delete_=True, type="TextGuidedUNet", widths=(64, 96, 192, 256, 256), blocks=3),
    losses=dict(mask=dict(weight=0.3)),
)
optim_wrapper = dict(
    optimizer=dict(lr=1e-3),
    paramwise_cfg=dict(custom_keys=dict(backbone=dict(lr_mult=0.2), neck=dict(lr_mult=0.2))),
)
