# The toolbox's default: a mask, and where it says ink a gain and an offset. It starts as the identity and leaves alone
# what it has no reason to touch. Ink counts twice and no more: a larger weight pays for erasing print that may be ink.
model = dict(
    type="RestorationModel",
    network=dict(type="ResidualUNet", widths=[32, 64, 128, 192], blocks=2, patch=2),
    losses=dict(
        l1=dict(type="RegionL1Loss", ink_weight=2.0, background_weight=1.0),
        dice=dict(type="DiceLoss", weight=0.1),
    ),
)
