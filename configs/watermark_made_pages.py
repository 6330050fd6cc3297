# Remove watermarks with the default network, trained on pictures and pages marked from nothing, endlessly: no pairs are
# needed but a few to validate on (`restorekit synthesize watermark --pages 40 -o data/watermark` makes those too).
#   python tools/train.py configs/watermark_made_pages.py --data data/watermark
# Expect: patience, and backgrounds of your own in thousands (train_dataloader.dataset.pages=FOLDER). After 6800 steps of
# two 256 px crops over 88 backgrounds on two CPU cores: 1.3 dB over the input on pages with a mark, 3.0 dB below it on
# photographs and pages together, since flat, bounded things in photographs went with the marks.
_base_ = ["_base_/residual_recipe.py", "_base_/watermark.py"]
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="SyntheticPages",
        task="watermark",
        crop=256,
        pipeline=[dict(type="ToTensors")],
    )
)
optim_wrapper = dict(optimizer=dict(_delete_=True, type="ConvMuon", lr=1.5e-3, adam_ratio=0.3))
val_dataloader = dict(dataset=dict(subset="all", holdout=None))
test_dataloader = dict(dataset=dict(subset="all", holdout=None))
inferencer = dict(
    _delete_=True,
    type="WholeOrTiled",
    whole_below=1280,
    multiple=16,
    tile=1024,
    margin=64,
    extend="none",
)
