# Erase handwriting with NAFNet (Chen et al., ECCV 2022), in one stage: weighted L1 and dice, the paper's schedule.
# The plugin must be installed; from the top of the repository:
#   pip install plugins/restorekit-nafnet
#   python tools/train.py plugins/restorekit-nafnet/configs/handwrite_nafnet.py --data data/handwriting
#   python tools/test.py plugins/restorekit-nafnet/configs/handwrite_nafnet.py work_dirs/handwrite_nafnet/best
# Without installing it, add this line and start with PYTHONPATH=plugins/restorekit-nafnet:
#   custom_imports = dict(imports=["restorekit_nafnet"])
# Expect: a GPU's work; we trained it for a few steps only, and quote no score.
_base_ = ["../../../configs/_base_/runtime.py", "../../../configs/_base_/handwriting.py"]
model = dict(
    type="RestorationModel",
    network=dict(
        type="NAFNet",
        width=32,
        encoder_blocks=[2, 2, 4, 8],
        middle_blocks=12,
        decoder_blocks=[2, 2, 2, 2],
        predict_mask=True,
    ),
    losses=dict(
        l1=dict(type="RegionL1Loss", ink_weight=5.0, background_weight=1.0),
        dice=dict(type="DiceLoss", weight=0.1),
    ),
)

optim_wrapper = dict(optimizer=dict(lr=1e-3, betas=(0.9, 0.9)))
param_scheduler = [dict(type="CosineAnnealingLR", T_max=200_000, eta_min=1e-6, by_epoch=False)]
train_cfg = dict(max_iters=200_000)

# Channel attention averages over the tile, so tiles are as large as the crops, and are faded into each other.
inferencer = dict(
    inferencers=[
        dict(type="Tiled", tile=512, margin=106, blend="feather"),
        dict(type="FlipAverage", directions="h"),
    ]
)
