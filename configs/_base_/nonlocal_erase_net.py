# The contest's model two: EraseNet with the Non-Local refinement, trained as model one is.
_base_ = ["erase_net.py"]
model = dict(network=dict(type="NonLocalEraseNet", refiner_width=96, attention="contest"))
