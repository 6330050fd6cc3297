# Erase handwriting with EraseNet's generator, stage two: L1 alone at a tenth of the rate, from stage one's best.
#   python tools/train.py configs/handwrite_stage2.py --data data/handwriting
#   python tools/test.py configs/handwrite_stage2.py work_dirs/handwrite_stage2/best
# Expect: some tenths of a dB over stage one, once that has converged.
_base_ = ["handwrite_stage1.py"]
load_from = "work_dirs/handwrite_stage1/best"
model = dict(losses=dict(dice=None))
optim_wrapper = dict(optimizer=dict(lr=1e-5))
train_cfg = dict(max_iters=100_000)
