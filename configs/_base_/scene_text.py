# Scene text: SCUT-EnsText's layout, data/SCUT-EnsText/{train,test}/{all_images,all_labels,mask}, pictures of 512 px.
# Its masks are black where the text is, and are turned over; without a mask/ folder they come from the pairs.
_base_ = ["handwriting.py"]
task = "scene-text"

train_dataloader = dict(
    dataset=dict(
        dataset=dict(
            root="data/SCUT-EnsText/train",
            image_folder="all_images",
            target_folder="all_labels",
            mask_folder="mask",
            holdout=0.02,
            cache_dir=None,
            pipeline=[
                dict(type="InvertMask"),
                dict(type="RandomCrop", size=512),
                dict(type="MaskFromPair", kind="hard"),
                dict(type="RandomFlip", probability=0.3),
                dict(type="RandomRotation", degrees=10.0, probability=0.3),
                dict(type="ToTensors"),
            ],
        )
    )
)
val_dataloader = dict(
    dataset=dict(
        root="data/SCUT-EnsText/train",
        image_folder="all_images",
        target_folder="all_labels",
        mask_folder="mask",
        holdout=0.02,
        pipeline=[dict(type="InvertMask"), dict(type="MaskFromPair", kind="hard"), dict(type="ToTensors")],
    )
)
test_dataloader = dict(
    dataset=dict(
        root="data/SCUT-EnsText/test",
        image_folder="all_images",
        target_folder="all_labels",
        mask_folder="mask",
        subset="all",
        holdout=None,
        pipeline=[dict(type="InvertMask"), dict(type="MaskFromPair", kind="hard"), dict(type="ToTensors")],
    )
)

val_evaluator = dict(names=["psnr", "ssim", "residue"])
test_evaluator = dict(protocol="published")

# the whole picture at once, as the papers do
inferencer = dict(_delete_=True, type="Chain", inferencers=[])
