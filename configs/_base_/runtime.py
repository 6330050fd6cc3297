# Everything but the data, the network and the recipe: loop, hooks, logs, TensorBoard.
default_scope = "restorekit"
randomness = dict(seed=0)  # of first weights, dropout, the crops and their order; None: another each time
env_cfg = dict(cudnn_benchmark=True)  # crops have one size

train_cfg = dict(type="ResumableTrainLoop", max_iters=300_000, val_interval=5000)
val_cfg = dict(type="ValLoop")
test_cfg = dict(type="TestLoop")

# clipped gradients, and the averaged weights of `ema` below, are ours: the papers have neither
optim_wrapper = dict(type="OptimWrapper", optimizer=dict(type="Adam", lr=1e-4), clip_grad=dict(max_norm=1.0))
# the contest's: halved every 400,000, and so not at all unless max_iters is raised beyond
param_scheduler = [dict(type="StepLR", step_size=400_000, gamma=0.5, by_epoch=False)]

default_hooks = dict(
    logger=dict(type="LoggerHook", interval=50, log_metric_by_epoch=False),
    checkpoint=dict(type="CheckpointHook", interval=1000, by_epoch=False, max_keep_ckpts=2),
    safe_checkpoint=dict(type="SafeCheckpointHook"),
    finite_loss=dict(type="FiniteLossHook"),
    ema=dict(type="EMAHook", ema_type="AveragedWeights", momentum=0.001, update_buffers=True),
    inference=dict(type="TiledInferenceHook"),
    best=dict(type="BestWeightsHook", metric="psnr"),
    pictures=dict(type="PicturesHook", pages=4, size=384),
    progress=dict(type="ProgressHook"),
)
log_processor = dict(by_epoch=False, window_size=50, log_with_hierarchy=True)
visualizer = dict(type="Visualizer", vis_backends=[dict(type="TensorboardVisBackend")])
