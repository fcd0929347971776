"""The outlines of the classes: polygons in a unit disc, in paint order, each filled (True) or cut out (False)."""
import numpy as np


def regular(corners, radius=1.0, phase=-np.pi / 2):
    angles = phase + 2 * np.pi * np.arange(corners) / corners
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def disc(radius=1.0, centre=(0.0, 0.0)):
    return regular(48, radius) + centre


def arrow():
    return [(-1, -.26), (.1, -.26), (.1, -.75), (1, 0), (.1, .75), (.1, .26), (-1, .26)]


def cross(arm=.32):
    corner = np.array([(arm, -1), (arm, -arm), (1, -arm)])
    quarter_turn = np.array([(0, 1), (-1, 0)])
    return np.concatenate([corner @ np.linalg.matrix_power(quarter_turn, k) for k in range(4)])


def heart():
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.stack([x, -y - 2.5], axis=1) / 16


def lightning():
    return [(.25, -1), (-.6, .15), (-.08, .15), (-.3, 1), (.6, -.2), (.08, -.2), (.55, -1)]


def spiral(turns=2.1, half_width=.12):
    t = np.linspace(.12, 1, 90)
    direction = np.stack([np.cos(2 * np.pi * turns * t), np.sin(2 * np.pi * turns * t)], axis=1)
    middle = .88 * t[:, None]
    return np.concatenate([direction * (middle + half_width), (direction * (middle - half_width))[::-1]])


def star():
    points = np.empty((10, 2))
    points[0::2] = regular(5)
    points[1::2] = regular(5, .45, -np.pi / 2 + np.pi / 5)
    return points


# The folder names. They are in ordinal order, so the position in this table is the index of the logit.
OUTLINES = {
    "arrow": [(arrow(), True)],
    "circle": [(disc(.9), True)],
    "crescent": [(disc(.95), True), (disc(.8, (.45, 0)), False)],
    "cross": [(cross(), True)],
    "heart": [(heart(), True)],
    "hexagon": [(regular(6), True)],
    "lightning": [(lightning(), True)],
    "ring": [(disc(.95), True), (disc(.55), False)],
    "spiral": [(spiral(), True)],
    "square": [(regular(4), True)],
    "star": [(star(), True)],
    "triangle": [(regular(3), True)],
}
CLASSES = list(OUTLINES)
