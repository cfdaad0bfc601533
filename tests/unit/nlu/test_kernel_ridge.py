import numpy as np
import pytest
from scipy import linalg

from bot.nlu.kernel_ridge import Calibration, calibrate, fit_ridge


def make(seed=0, size=60, classes=3):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, size)
    points = rng.normal(size=(size, 5)) + labels[:, None] * 1.5
    targets = -np.ones((size, classes), dtype=np.float32)
    targets[np.arange(size), labels] = 1
    return (points @ points.T).astype(np.float32), targets, labels


def test_left_out_scores_equal_those_of_models_trained_without_the_example():
    kernel, targets, _ = make()
    penalty = np.full(len(kernel), 2.0)
    fit = fit_ridge(kernel.copy(), targets, penalty)
    for index in (0, 17, 59):
        rest = np.delete(np.arange(len(kernel)), index)
        smaller = fit_ridge(kernel[np.ix_(rest, rest)].copy(), targets[rest], penalty[rest])
        assert np.allclose(kernel[index, rest] @ smaller.weights, fit.left_out[index], atol=1e-2)


def test_a_kernel_that_is_none_is_refused():
    with pytest.raises(linalg.LinAlgError):
        fit_ridge(-np.eye(4, dtype=np.float32) * 9, np.ones((4, 2), dtype=np.float32), np.ones(4))


def test_calibrated_probabilities_sum_to_one_and_follow_the_truth():
    kernel, targets, labels = make(size=200)
    left_out = fit_ridge(kernel, targets, np.ones(200)).left_out
    calibration = calibrate(left_out, labels, np.ones(200))
    probabilities = calibration.probabilities(left_out)
    assert np.allclose(probabilities.sum(axis=1), 1)
    right = probabilities.argmax(axis=1) == labels
    assert abs(probabilities.max(axis=1).mean() - right.mean()) < 0.08


def test_calibration_survives_huge_scores():
    probabilities = Calibration(5.0, np.zeros(2)).probabilities(np.array([[1e6, -1e6]]))
    assert probabilities.tolist() == [[1.0, 0.0]]
