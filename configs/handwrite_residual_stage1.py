# Erase handwriting with the toolbox's default network: a residual U-Net that adds a correction to the page.
#   python tools/train.py configs/handwrite_residual_stage1.py --data data/handwriting
# Expect: above its input within minutes, on a CPU too (see the README's ladder).
_base_ = ["_base_/residual_recipe.py", "_base_/handwriting.py"]
