# Erase handwriting with the default network, trained on pages made from nothing, endlessly: no pairs are needed but
# a few to validate on (`restorekit synthesize handwriting --pages 40 -o data/handwriting` makes those too).
#   python tools/train.py configs/handwrite_made_pages.py --data data/handwriting
# Expect: see the card of the weights that ship, restorekit/weights/handwriting/README.md; every crop is new, so it
# goes on improving where 50 pairs have been learnt by heart.
_base_ = ["handwrite_residual_stage1.py"]
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="SyntheticPages",
        task="handwriting",
        crop=256,
        pipeline=[dict(type="RandomFlip", probability=0.5), dict(type="ToTensors", as_bytes=True)],
    )
)
optim_wrapper = dict(optimizer=dict(_delete_=True, type="ConvMuon", lr=1.5e-3, adam_ratio=0.3))
val_dataloader = dict(dataset=dict(subset="all", holdout=None))
test_dataloader = dict(dataset=dict(subset="all", holdout=None))
