# The contest's model two: EraseNet with the Non-Local refinement.
model = dict(
    type="RestorationModel",
    network=dict(type="NonLocalEraseNet", width=32, refiner_width=96, attention="contest"),
    losses=dict(dice=dict(type="DiceLoss"), l1=dict(type="L1Loss")),
)
find_unused_parameters = True  # in several processes: no loss looks at the coarse pages
