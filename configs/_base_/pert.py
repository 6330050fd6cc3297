# PERT: three passes with shared weights, and its objective. The VGG terms need a file that is not shipped: give
# model.losses.vgg.vgg_weights its path, or turn them off with model.losses.vgg=None.
model = dict(
    type="RestorationModel",
    network=dict(type="PERT", width=32, iterations=3),
    losses=dict(
        dice=dict(type="DiceLoss"),
        l1=dict(type="RegionL1Loss", ink_weight=13.0, background_weight=2.0),
        multi_scale=dict(type="MultiScaleL1Loss", half=[12.0, 1.0], quarter=[10.0, 0.8]),
        vgg=dict(
            type="VGGLoss", vgg_weights=None, perceptual=0.01, style=120.0, similarity=0.5, composite=False
        ),
        ssim=dict(type="SSIMLoss"),
    ),
)
