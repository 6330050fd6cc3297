# The toolbox's default: the page plus a correction. It starts as the identity and cannot unlearn print that it
# never touched; ink counts five times, the mask a tenth.
model = dict(
    type="RestorationModel",
    network=dict(type="ResidualUNet", widths=[24, 48, 96, 192], blocks=2),
    losses=dict(
        l1=dict(type="RegionL1Loss", ink_weight=5.0, background_weight=1.0),
        dice=dict(type="DiceLoss", weight=0.1),
    ),
)
