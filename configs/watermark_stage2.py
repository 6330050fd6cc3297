# Remove visible watermarks with EraseNet's generator, stage two: L1 alone at a tenth of the rate.
#   python tools/train.py configs/watermark_stage2.py --data data/watermark
#   python tools/test.py configs/watermark_stage2.py work_dirs/watermark_stage2/best
# Expect: some tenths of a dB over stage one, once that has converged.
_base_ = ["watermark_stage1.py"]
load_from = "work_dirs/watermark_stage1/best"
model = dict(losses=dict(dice=None))
optim_wrapper = dict(optimizer=dict(lr=1e-5))
train_cfg = dict(max_iters=100_000)
