# Erase handwriting with EraseNet's generator, stage one of the contest recipe: dice on the mask and L1.
#   python tools/train.py configs/handwrite_stage1.py --data data/handwriting
# Expect: the contest entry reports 38.68 dB after both stages on 1000 pairs and a data-centre GPU. A CPU gets
# nowhere near in a day: this network redraws the page from a bottleneck and starts below its input
# (restorekit/networks/README.md, short trainings compared). To start on a CPU, take handwrite_residual_stage1.py.
_base_ = ["_base_/runtime.py", "_base_/handwriting.py", "_base_/erase_net.py"]
