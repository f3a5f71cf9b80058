"""The loss over pairs of which the class is known, or only a class that they are not of."""

import torch
from torch import Tensor
from torch.nn import functional

from training.encoder import CLASSES
from training.pairs import NOT_CONTRADICTION, NOT_ENTAILMENT

_BARRED = {NOT_ENTAILMENT: CLASSES.index("entailment"), NOT_CONTRADICTION: CLASSES.index("contradiction")}


def loss_of(logits: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    """Mean of the negative logarithms of what the permitted classes get together; logits float [batch, 3], labels int64 [batch].

    Where one class is permitted that is cross-entropy, with the label smoothing given.
    """
    logs = functional.log_softmax(logits, dim=-1)
    known = labels >= 0
    parts = []
    if known.any():
        parts.append(
            functional.cross_entropy(logits[known], labels[known], label_smoothing=smoothing, reduction="none")
        )
    for barred, place in _BARRED.items():
        rows = logs[labels == barred]
        kept = [at for at in range(logs.shape[-1]) if at != place]
        parts.append(-rows[:, kept].logsumexp(dim=-1))
    return torch.cat(parts).mean()
