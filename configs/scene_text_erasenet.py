# Remove scene text with EraseNet and its own objective: discriminator, perceptual and style terms.
#   python tools/train.py configs/scene_text_erasenet.py --cfg-options model.losses.vgg.vgg_weights=vgg16.pth
#   python tools/test.py configs/scene_text_erasenet.py work_dirs/scene_text_erasenet/best
# Expect: days on a data-centre GPU; not measured here. vgg16.pth is the usual ImageNet file of VGG-16; without one,
# model.losses.vgg=None trains without these terms.
_base_ = ["_base_/runtime.py", "_base_/scene_text.py"]
model = dict(
    type="AdversarialModel",
    network=dict(type="EraseNet", width=32),
    adversarial_weight=0.1,
    losses=dict(
        dice=dict(type="DiceLoss"),
        l1=dict(type="RegionL1Loss", ink_weight=10.0, background_weight=2.0),
        multi_scale=dict(type="MultiScaleL1Loss"),
        vgg=dict(type="VGGLoss", vgg_weights=None, perceptual=0.01, style=120.0),
    ),
)
model_wrapper_cfg = dict(type="AdversarialWrapper")  # in several processes
optim_wrapper = dict(
    _delete_=True,
    constructor="AdversarialOptimizers",
    network=dict(optimizer=dict(type="Adam", lr=1e-4, betas=[0.5, 0.9])),
    discriminator=dict(optimizer=dict(type="Adam", lr=1e-5, betas=[0.0, 0.9])),
)
