# Erase handwriting with the toolbox's default network: a residual U-Net that starts as the identity.
#   python tools/train.py configs/handwrite_residual_stage1.py --data data/handwriting
# Expect: above its input within some hundred iterations; all 200,000 are for a GPU. It starts from nothing: with few
# pairs, handwrite_finetune.py goes on from the weights that ship.
_base_ = ["_base_/residual_recipe.py", "_base_/handwriting.py"]
# letters of 15 to 30 px are what networks mostly see; rules run on below what was erased; what bears the colour of
# erased ink is ink, at the page's own size too; a rule that mostly stands is whole; large tiles waste little and end
# where the page does, as crops do; what is no ink is kept as it is, a stroke goes or stays as a whole, and what is
# hardly left of ink becomes paper
inferencer = dict(
    _delete_=True,
    type="Chain",
    inferencers=[
        dict(type="TextScaled", least=15, most=30, target=22, finish=dict(type="InkColour")),
        dict(type="RuleFill"),
        dict(type="InkColour"),
        dict(type="RuleVote"),
        dict(type="WholeOrTiled", whole_below=1280, multiple=16, tile=1024, margin=64, extend="none"),
        dict(type="PaperFill"),
        dict(type="ComponentVote"),
        dict(type="MaskComposite"),
    ],
)
