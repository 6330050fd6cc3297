# Erase handwriting with PERT: three passes with shared weights, the page kept outside the mask.
#   python tools/train.py configs/handwrite_pert.py --data data/handwriting
# Expect: not measured here. Outside the mask nothing changes, so print is safe where the mask is right; a CPU wants
# handwrite_residual_stage1.py instead. Paper needs no perceptual, style or similarity terms, so no VGG file either.
_base_ = ["_base_/runtime.py", "_base_/handwriting.py", "_base_/pert.py"]
model = dict(losses=dict(vgg=None))
