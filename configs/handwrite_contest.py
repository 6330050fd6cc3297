# The contest entry's test recipe: both models averaged, tiles of 512 px at a step of 300, left-right flips.
# For testing only; the two folders' weights go to the two members in this order.
#   python tools/test.py configs/handwrite_contest.py \
#       work_dirs/handwrite_stage2/best work_dirs/handwrite_nonlocal_stage2/best
# Expect: twelve forward passes over each pixel of a page (two models, two directions, tiles that overlap thrice).
_base_ = ["_base_/runtime.py", "_base_/handwriting.py"]
model = dict(
    type="RestorationModel",
    network=dict(
        type="AverageNetwork",
        networks=[
            dict(type="EraseNet", width=32),
            dict(type="NonLocalEraseNet", width=32, refiner_width=96, attention="contest"),
        ],
    ),
)
