# The contest's second stage: L1 alone at a tenth of the rate, from the best of stage one.
model = dict(losses=dict(dice=None))
optim_wrapper = dict(optimizer=dict(lr=1e-5))
train_cfg = dict(max_iters=100_000)
