# Adapt the weights that ship to your own pages and keep what made pages taught them: a mixture of both.
#   python tools/train.py configs/handwrite_mixed.py --data data/handwriting
# Expect: not measured here. For few pairs, or pairs of one form that others shall not be forgotten for: shares are
# those of the crops, as --cfg-options train_dataloader.dataset.shares=[0.5,0.5]. The rest is handwrite_finetune.py's.
_base_ = ["handwrite_finetune.py"]
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="MixedSamples",
        shares=[0.7, 0.3],
        datasets=[
            {{_base_.train_dataloader.dataset.dataset}},
            dict(
                type="SyntheticPages",
                task="handwriting",
                crop=512,
                pipeline=[dict(type="RandomFlip", probability=0.5), dict(type="ToTensors")],
            ),
        ],
    )
)
