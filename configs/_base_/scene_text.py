# Scene text: SCUT-EnsText's layout, data/SCUT-EnsText/{train,test}/{all_images,all_labels,mask}, pictures of 512 px.
# Its masks are black where the text is, and are turned over; without a mask/ folder they come from the pairs.
task = "scene-text"

train_dataloader = dict(
    batch_size=4,
    num_workers=2,
    persistent_workers=True,
    sampler=dict(type="CountingSampler"),
    collate_fn=dict(type="default_collate"),
    dataset=dict(
        type="EndlessSamples",
        dataset=dict(
            type="PairedImages",
            root="data/SCUT-EnsText/train",
            image_folder="all_images",
            target_folder="all_labels",
            mask_folder="mask",
            subset="train",
            holdout=0.02,
            pipeline=[
                dict(type="InvertMask"),
                dict(type="RandomCrop", size=512),
                dict(type="MaskFromPair", kind="hard"),
                dict(type="RandomFlip", probability=0.3),
                dict(type="RandomRotation", degrees=10.0, probability=0.3),
                dict(type="ToTensors"),
            ],
        ),
    ),
)
val_dataloader = dict(
    batch_size=1,
    num_workers=1,
    sampler=dict(type="DefaultSampler", shuffle=False),
    collate_fn=dict(type="default_collate"),
    dataset=dict(
        type="PairedImages",
        root="data/SCUT-EnsText/train",
        image_folder="all_images",
        target_folder="all_labels",
        mask_folder="mask",
        subset="val",
        holdout=0.02,
        pipeline=[dict(type="InvertMask"), dict(type="MaskFromPair", kind="hard"), dict(type="ToTensors")],
    ),
)
test_dataloader = dict(
    batch_size=1,
    num_workers=1,
    sampler=dict(type="DefaultSampler", shuffle=False),
    collate_fn=dict(type="default_collate"),
    dataset=dict(
        type="PairedImages",
        root="data/SCUT-EnsText/test",
        image_folder="all_images",
        target_folder="all_labels",
        mask_folder="mask",
        pipeline=[dict(type="InvertMask"), dict(type="MaskFromPair", kind="hard"), dict(type="ToTensors")],
    ),
)

val_evaluator = dict(type="PageMetrics", names=["psnr", "ssim", "residue"])
test_evaluator = dict(type="PageMetrics", protocol="published")

# the whole picture at once, as the papers do
inferencer = dict(type="Chain", inferencers=[])
