# Remove watermarks with the default network, trained on pictures and pages marked from nothing, endlessly: no pairs are
# needed but a few to validate on (`restorekit synthesize watermark --pages 40 -o data/watermark` makes those too).
#   python tools/train.py configs/watermark_made_pages.py --data data/watermark
# Expect: see the card of the weights that ship, restorekit/weights/watermark/README.md; backgrounds of your own help
# (train_dataloader.dataset.pages=FOLDER), photographs need them in thousands.
# Marks are larger than the crops of handwriting, so crops are, and the network's first level takes 4x4 pixels as one.
_base_ = ["_base_/residual_recipe.py", "_base_/watermark.py"]
# A quarter of the crops bear no mark, as most of a picture does not: dice says nothing of those, cross-entropy does. The
# PSNR of each crop makes a wrong guess on a clean one as dear as it looks.
model = dict(
    network=dict(patch=4, widths=(48, 64, 128, 192, 192)),
    losses=dict(
        l1=dict(ink_weight=1.0),
        dice=dict(weight=0.04),
        mask=dict(type="MaskCrossEntropyLoss", weight=0.05),
        psnr=dict(type="PSNRLoss", weight=0.004, epsilon=1e-4),
    ),
)
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="SyntheticPages",
        task="watermark",
        crop=512,
        pipeline=[dict(type="ToTensors", as_bytes=True)],
    )
)
optim_wrapper = dict(optimizer=dict(_delete_=True, type="ConvMuon", lr=1.5e-3, adam_ratio=0.3))
val_dataloader = dict(dataset=dict(subset="all", holdout=None))
test_dataloader = dict(dataset=dict(subset="all", holdout=None))
# A picture is looked at in all sizes, for the network knows marks of some sizes only. What is hardly left of a mark becomes
# paper on pages, what is surely no mark stays, a mark of one colour is taken off by its blend, and one that repeats all
# over as one.
inferencer = dict(
    _delete_=True,
    type="Chain",
    inferencers=[
        dict(type="MarkScaled"),
        dict(type="WholeOrTiled", whole_below=1280, multiple=64, tile=1024, margin=64, extend="none"),
        dict(type="PaperFill", pages_only=True),
        dict(type="MaskComposite", low=0.3, high=0.7, grow=3),
        dict(type="UniformMark"),
        dict(type="RepeatedMark"),
    ],
)
