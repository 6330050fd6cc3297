# Remove scene text with PERT and its own objective.
#   python tools/train.py configs/scene_text_pert.py --cfg-options model.losses.vgg.vgg_weights=vgg16.pth
#   python tools/test.py configs/scene_text_pert.py work_dirs/scene_text_pert/best
# Expect: the authors report PSNR 34.12 and MSSIM 97.06 on SCUT-EnsText after 200 epochs; not repeated here. vgg16.pth
# is the usual ImageNet file of VGG-16; without one, model.losses.vgg=None trains without these terms.
_base_ = ["_base_/runtime.py", "_base_/scene_text.py", "_base_/pert.py"]
train_dataloader = dict(batch_size=8)
optim_wrapper = dict(optimizer=dict(lr=1e-3, betas=[0.5, 0.9]))
# 200 epochs of SCUT-EnsText's 2749 pictures, and steps after 60, 100 and 160
train_cfg = dict(max_iters=68_800)
param_scheduler = [
    dict(type="MultiStepLR", milestones=[20_600, 34_400, 55_000], gamma=0.2, by_epoch=False)
]
