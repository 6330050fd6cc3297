# Watermarks on pictures: data/watermark/{images,gts}, 512 px crops, the contest's inference: the whole picture
# where both sides are under 1600 px, else tiles of 1024 with a margin of 112 (a step of 800), and all four flips.
_base_ = ["handwriting.py"]
task = "watermark"

train_dataloader = dict(
    dataset=dict(
        dataset=dict(
            root="data/watermark",
            pipeline=[
                dict(type="RandomCrop", size=512, ink_bias=0.5),
                dict(type="RandomFlip", probability=0.5),
                dict(type="MaskFromPair", kind="soft"),
                dict(type="ToTensors"),
            ],
        )
    )
)
val_dataloader = dict(dataset=dict(root="data/watermark"))
test_dataloader = dict(dataset=dict(root="data/watermark"))

inferencer = dict(
    _delete_=True,
    type="Chain",
    inferencers=[
        dict(type="WholeOrTiled", whole_below=1600, multiple=128, tile=1024, margin=112),
        dict(type="FlipAverage", directions="hv"),
    ],
)
