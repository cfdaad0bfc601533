"""Multi-class kernel ridge regression in closed form, with exact leave-one-out scores for calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg
from scipy.optimize import minimize

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class RidgeFit:
    """Dual weights (examples by classes) and the score each example would get, were it left out."""

    weights: Array
    left_out: Array


def fit_ridge(kernel: Array, targets: Array, penalty: Array) -> RidgeFit:
    """Solve (K + diag(penalty)) W = T in single precision; `kernel` is overwritten.

    Raises LinAlgError when the matrix is not positive definite.
    """
    size = kernel.shape[0]
    kernel[np.diag_indices(size)] += penalty.astype(kernel.dtype)
    factor = linalg.cholesky(kernel.T, lower=True, overwrite_a=True, check_finite=False)
    weights = linalg.cho_solve((factor, True), targets, check_finite=False)
    inverse, info = linalg.lapack.strtri(factor, lower=1, overwrite_c=1)
    if info:
        raise linalg.LinAlgError(f"kernel matrix of {size} examples cannot be inverted (info {info})")
    diagonal = np.einsum("ij,ij->j", inverse, inverse)
    left_out = targets - weights / diagonal[:, None]
    return RidgeFit(weights=weights, left_out=left_out)


@dataclass(frozen=True)
class Calibration:
    """Turns scores into probabilities: softmax of scores times `sharpness` plus a bias a class."""

    sharpness: float
    bias: Array

    def probabilities(self, scores: Array) -> Array:
        """Give probabilities for a matrix of scores (texts by classes)."""
        logits = scores * self.sharpness + self.bias
        logits = logits - logits.max(axis=1, keepdims=True)
        exponentials = np.exp(logits)
        return exponentials / exponentials.sum(axis=1, keepdims=True)


def calibrate(scores: Array, labels: Array, weights: Array, decay: float = 1e-3) -> Calibration:
    """Fit sharpness and biases to left-out scores by weighted log loss; `labels` are class indices."""
    size, classes = scores.shape
    one_hot = np.zeros((size, classes))
    one_hot[np.arange(size), labels] = 1.0
    share = weights / weights.sum()

    def loss(parameters: Array) -> tuple[float, Array]:
        sharpness, bias = parameters[0], parameters[1:]
        probabilities = Calibration(sharpness, bias).probabilities(scores)
        value = (
            -(share * np.log(probabilities[np.arange(size), labels] + 1e-12)).sum() + decay * (bias**2).sum()
        )
        error = (probabilities - one_hot) * share[:, None]
        gradient = np.concatenate([[(error * scores).sum()], error.sum(axis=0) + 2 * decay * bias])
        return value, gradient

    start = np.concatenate([[4.0], np.zeros(classes)])
    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return Calibration(float(best[0]), best[1:])
