# Remove watermarks with the residual network led by a text detector's features (PP-OCRv6, Apache-2.0). `python tools/guide.py
# --help` says where the detector comes from, and makes the folder to start from.
#   python tools/guide.py watermark guided --member 2 --detector PP-OCRv6_det_small.onnx
#   python tools/train.py configs/watermark_text_guided.py --data data/watermark --cfg-options load_from=guided
# Expect: on photographs the mask finds more from a few hundred steps on (average precision from 0.32 to 0.54); documents
# want more of them among the backgrounds (ARCHITECTURE.md has the figures).
# What the detector has learnt stays in reach: its layers learn at a fifth of the rate.
_base_ = ["watermark_made_pages.py"]
model = dict(
    network=dict(_delete_=True, type="TextGuidedUNet", widths=(48, 64, 128, 192, 192)),
    losses=dict(mask=dict(weight=0.3)),
)
optim_wrapper = dict(
    optimizer=dict(lr=8e-4),
    paramwise_cfg=dict(custom_keys=dict(backbone=dict(lr_mult=0.2), neck=dict(lr_mult=0.2))),
)
