# Remove visible watermarks with EraseNet's generator, stage one of the contest recipe: dice on the mask and L1.
#   python tools/train.py configs/watermark_stage1.py --data data/watermark
# Expect: as from handwrite_stage1.py; photographs take longer than paper.
_base_ = ["_base_/runtime.py", "_base_/watermark.py", "_base_/erase_net.py"]
