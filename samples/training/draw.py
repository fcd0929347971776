"""Draws the pictures of the shapes data set and writes the calibration and validation folders.

Every picture shows one shape of random colour, size, place, turn and slant in front of clutter, partly covered by
strokes, then blurred and made noisy. The seed of a picture is (seed of the set, its number), so a set is the same on
every run and no set shares a picture with another.

    python3 draw.py                         writes calibration-data/shapes/{calib,val}/CLASS/NNN.png
    python3 draw.py --sheet sheet.png       also draws an overview, one row for each class
"""
import argparse
import pathlib
import shutil

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from outlines import CLASSES, OUTLINES

SIDE = 48          # pixels
OVERSAMPLING = 4   # shapes are drawn this much larger and averaged down, which smooths their edges
LIGHT = np.array([1.1, 1, .75])  # a lamp's red, green, blue: without it nothing would tell RGB from BGR
TRAINING_SEED, CALIBRATION_SEED, VALIDATION_SEED = 1, 2, 3
DEFAULT_FOLDER = pathlib.Path(__file__).resolve().parents[2] / "calibration-data" / "shapes"


def picture(label, random):
    """One picture of class number `label`: uint8 [SIDE, SIDE, 3]."""
    back, front = contrasting_colours(random)
    canvas = backdrop(random, back)
    for _ in range(random.integers(1, 6)):
        canvas = paint(canvas, stroke_mask(random), random.uniform(0, 255, 3), random.uniform(.3, .8))
    canvas = paint(canvas, shape_mask(label, random), front + slope(random, 30), random.uniform(.7, 1))
    for _ in range(random.integers(0, 4)):
        canvas = paint(canvas, stroke_mask(random), random.uniform(0, 255, 3), random.uniform(.6, 1))
    return sensor(canvas, random)


def contrasting_colours(random, least=45):
    """Two colours at least `least` levels apart in their mean over the channels."""
    while True:
        back, front = random.uniform(20, 235, (2, 3))
        if np.abs(back - front).mean() >= least:
            return back, front


def slope(random, height):
    """A plane that rises up to `height` levels from the middle to an edge, for each channel: [SIDE, SIDE, 3]."""
    y, x = np.mgrid[-1:1:SIDE * 1j, -1:1:SIDE * 1j][..., None]
    return y * random.uniform(-height, height, 3) + x * random.uniform(-height, height, 3)


def backdrop(random, colour):
    cells = int(random.integers(3, 9))
    blotches = Image.fromarray(random.integers(0, 256, (cells, cells, 3), dtype=np.uint8)).resize((SIDE, SIDE), Image.BICUBIC)
    return colour + slope(random, 30) + (np.asarray(blotches, np.float64) - 128) * random.uniform(.05, .25)


def paint(canvas, mask, colour, opacity):
    cover = mask[..., None] * opacity
    return canvas * (1 - cover) + colour * cover


def shape_mask(label, random):
    """Where the shape is, 0 to 1: [SIDE, SIDE]."""
    radius = random.uniform(.2, .42) * SIDE
    turn, slant = random.uniform(0, 2 * np.pi), random.uniform(-.2, .2)
    stretch = np.exp(random.uniform(-.18, .18))
    mirror = random.choice([-1, 1])
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    deform = rotation @ np.array([[stretch * mirror, slant], [0, 1 / stretch]]) * radius
    free = max(SIDE / 2 - radius, 0)
    centre = SIDE / 2 + random.uniform(-free, free, 2)

    image = Image.new("L", (SIDE * OVERSAMPLING,) * 2)
    for outline, filled in OUTLINES[CLASSES[label]]:
        points = (np.asarray(outline) @ deform.T + centre) * OVERSAMPLING
        ImageDraw.Draw(image).polygon([tuple(p) for p in points], fill=255 if filled else 0)
    return smoothed(image)


def stroke_mask(random):
    """A random line, arc or blot, 0 to 1: [SIDE, SIDE]."""
    extent = SIDE * OVERSAMPLING
    image = Image.new("L", (extent, extent))
    brush = ImageDraw.Draw(image)
    width = int(random.uniform(1, 4.5) * OVERSAMPLING)
    kind = random.choice(["line", "arc", "blot"], p=[.5, .3, .2])
    if kind == "line":
        brush.line([tuple(p) for p in random.uniform(0, extent, (2, 2))], fill=255, width=width)
    elif kind == "arc":
        (x, y), radius, start = random.uniform(0, extent, 2), random.uniform(.1, .5) * extent, random.uniform(0, 360)
        brush.arc([x - radius, y - radius, x + radius, y + radius], start, start + random.uniform(60, 240), fill=255, width=width)
    else:
        middle, angles = random.uniform(0, extent, 2), np.sort(random.uniform(0, 2 * np.pi, 5))
        reach = random.uniform(.03, .12, 5) * extent
        brush.polygon([(middle[0] + r * np.cos(a), middle[1] + r * np.sin(a)) for r, a in zip(reach, angles)], fill=255)
    return smoothed(image)


def smoothed(image):
    return np.asarray(image.resize((SIDE, SIDE), Image.BOX), np.float64) / 255


def sensor(canvas, random):
    """Warm light, then contrast, brightness, blur and noise of a cheap camera."""
    canvas = canvas * LIGHT
    canvas = (canvas - 128) * random.uniform(.5, 1.1) + 128 + random.uniform(-30, 30)
    sharp = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))
    blurred = np.asarray(sharp.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.2))), np.float64)
    noisy = blurred + random.normal(0, 1 + 16 * random.random() ** 2, blurred.shape)
    return np.clip(np.round(noisy), 0, 255).astype(np.uint8)


def draw_set(seed, per_class):
    """Pictures uint8 [N, SIDE, SIDE, 3] and labels int64 [N]; the labels run 0, 1, 2, ... and start again."""
    labels = np.arange(per_class * len(CLASSES)) % len(CLASSES)
    pictures = [picture(label, np.random.default_rng((seed, number))) for number, label in enumerate(labels)]
    return np.stack(pictures), labels


def write_set(folder, seed, per_class):
    shutil.rmtree(folder, ignore_errors=True)
    for number, (pixels, label) in enumerate(zip(*draw_set(seed, per_class))):
        file = folder / CLASSES[label] / f"{number // len(CLASSES):03}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(file, optimize=True)


def draw_sheet(file, seed, per_class=16, zoom=2):
    pictures, _ = draw_set(seed, per_class)
    grid = pictures.reshape(per_class, len(CLASSES), SIDE, SIDE, 3).transpose(1, 2, 0, 3, 4)
    sheet = Image.fromarray(grid.reshape(len(CLASSES) * SIDE, per_class * SIDE, 3))
    sheet.resize((sheet.width * zoom, sheet.height * zoom), Image.NEAREST).save(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, default=DEFAULT_FOLDER, help="where calib/ and val/ go (replaced)")
    parser.add_argument("--calib", type=int, default=20, help="calibration pictures for each class")
    parser.add_argument("--val", type=int, default=90, help="validation pictures for each class")
    parser.add_argument("--sheet", type=pathlib.Path, help="also write an overview of the validation pictures here")
    arguments = parser.parse_args()
    write_set(arguments.folder / "calib", CALIBRATION_SEED, arguments.calib)
    write_set(arguments.folder / "val", VALIDATION_SEED, arguments.val)
    if arguments.sheet:
        draw_sheet(arguments.sheet, VALIDATION_SEED)


if __name__ == "__main__":
    main()
