# The contest's model one: EraseNet's generator. Stage one trains its mask (dice) and its pages (L1).
model = dict(
    type="RestorationModel",
    network=dict(type="EraseNet", width=32),
    losses=dict(dice=dict(type="DiceLoss"), l1=dict(type="L1Loss")),
)
find_unused_parameters = True  # in several processes: no loss looks at the coarse pages
