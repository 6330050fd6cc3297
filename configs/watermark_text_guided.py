# Remove watermarks with the residual network led by a text detector's features (PP-OCRv6, Apache-2.0), as photographs are
# restored by what ships. Weights of watermark_made_pages get a detector by tools/guide.py (its --help says from where); what
# ships has one.
#   python tools/member.py watermark led --member network
#   python tools/train.py configs/watermark_text_guided.py --data data/watermark --cfg-options load_from=led
# Expect: from weights that nothing leads, on photographs an average precision of the mask of 0.54 instead of 0.32 after 600
# steps of two 448 px crops, and 0.65 after 4000 (restorekit/weights/watermark/README.md).
# What the detector has learnt stays in reach: its layers learn at a fifth of the rate.
_base_ = ["watermark_made_pages.py"]
model = dict(
    network=dict(_delete_=True, type="TextGuidedUNet", widths=(48, 64, 128, 192, 192)),
    losses=dict(mask=dict(weight=0.3)),
)
optim_wrapper = dict(
    optimizer=dict(lr=1e-3),
    paramwise_cfg=dict(custom_keys=dict(backbone=dict(lr_mult=0.2), neck=dict(lr_mult=0.2))),
)
