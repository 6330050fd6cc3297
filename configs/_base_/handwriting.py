# Handwriting on pages: data/handwriting/{images,gts}, 512 px crops, the contest's tiles.
# Writing keeps its direction: flips are left-right only and rotations small.
task = "handwriting"

train_dataloader = dict(
    batch_size=4,
    num_workers=2,
    persistent_workers=True,
    sampler=dict(type="CountingSampler"),
    collate_fn=dict(type="collate_samples"),
    dataset=dict(
        type="EndlessSamples",
        dataset=dict(
            type="PairedImages",
            root="data/handwriting",  # or a list of folders
            subset="train",
            holdout=0.075,
            cache_dir="work_dirs/page_cache",
            pipeline=[
                dict(type="RandomCrop", size=512, ink_bias=0.5),
                dict(type="RandomFlip", probability=0.5),
                dict(type="RandomRotation", degrees=5.0, probability=0.3),
                dict(type="MaskFromPair", kind="soft"),
                dict(type="ToTensors"),
            ],
        ),
    ),
)
val_dataloader = dict(
    batch_size=1,
    num_workers=1,
    sampler=dict(type="DefaultSampler", shuffle=False),
    collate_fn=dict(type="collate_samples"),
    dataset=dict(
        type="PairedImages",
        root="data/handwriting",
        subset="val",
        holdout=0.075,
        pipeline=[dict(type="MaskFromPair", kind="hard"), dict(type="ToTensors")],
    ),
)
test_dataloader = val_dataloader

val_evaluator = dict(type="PageMetrics", names=["psnr", "psnr_gain", "damage", "residue"])
test_evaluator = dict(type="PageMetrics", protocol="honest")

inferencer = dict(
    type="Chain", inferencers=[dict(type="Tiled", tile=512, margin=106), dict(type="FlipAverage", directions="h")]
)
