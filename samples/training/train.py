"""Trains one sample network on freshly drawn pictures and exports it to ONNX.

The file keeps its BatchNormalization nodes, as a quantizer meets them in the wild.

    python3 train.py resnet                 writes samples/shapes-resnet.onnx
    python3 train.py mobilenet              writes samples/shapes-mobilenet.onnx
"""
import argparse
import pathlib
import time

import numpy as np
import torch
from PIL import Image
from torch.nn.functional import cross_entropy

from draw import DEFAULT_FOLDER, SIDE, TRAINING_SEED, draw_set
from networks import NETWORKS
from outlines import CLASSES

MEAN, STD = (.485, .456, .406), (.229, .224, .225)  # of ImageNet, in units of 0..1
SAMPLES = pathlib.Path(__file__).resolve().parents[1]


def prepared(pixels):
    """uint8 [N, H, W, 3] to the float [N, 3, H, W] that the networks take, left in its order in memory."""
    scaled = torch.from_numpy(pixels).float() / 255
    return ((scaled - torch.tensor(MEAN)) / torch.tensor(STD)).permute(0, 3, 1, 2)


def read_folder(folder):
    files = [(file, label) for label, name in enumerate(CLASSES) for file in sorted((folder / name).glob("*.png"))]
    return np.stack([np.asarray(Image.open(file)) for file, _ in files]), np.array([label for _, label in files])


def turned(pixels, random):
    """The batch turned by a random quarter and perhaps mirrored: no class depends on either."""
    pixels = np.rot90(pixels, random.integers(4), axes=(1, 2))
    return (pixels[:, :, ::-1] if random.random() < .5 else pixels).copy()


def accuracy(network, pixels, labels, batch=100):
    network.eval()
    with torch.no_grad():
        guesses = [network(prepared(pixels[i:i + batch])).argmax(1).numpy() for i in range(0, len(labels), batch)]
    return (np.concatenate(guesses) == labels).mean()


def train(network, pixels, labels, epochs, rate, batch, after_epoch):
    random = np.random.default_rng(TRAINING_SEED)
    steps = len(labels) // batch
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * steps, pct_start=.2)
    for epoch in range(epochs):
        network.train()
        losses = []
        for chosen in random.permutation(len(labels))[:steps * batch].reshape(steps, batch):
            loss = cross_entropy(network(prepared(turned(pixels[chosen], random))), torch.from_numpy(labels[chosen]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        after_epoch(epoch, np.mean(losses))


def export(network, file):
    torch.onnx.export(
        network.eval().to(memory_format=torch.contiguous_format), torch.zeros(1, 3, SIDE, SIDE), file, opset_version=13,
        training=torch.onnx.TrainingMode.PRESERVE,  # EVAL would fold each BatchNormalization into its convolution
        do_constant_folding=False,
        input_names=["image"], output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=NETWORKS)
    parser.add_argument("--output", type=pathlib.Path, help="the .onnx file (default: samples/shapes-NETWORK.onnx)")
    parser.add_argument("--val", type=pathlib.Path, default=DEFAULT_FOLDER / "val", help="labelled pictures to report on")
    parser.add_argument("--per-class", type=int, default=1500, help="training pictures for each class")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=.002, help="peak learning rate")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    torch.manual_seed(TRAINING_SEED)
    torch.set_num_threads(arguments.threads)
    pixels, labels = draw_set(TRAINING_SEED, arguments.per_class)
    validation = read_folder(arguments.val)
    network = NETWORKS[arguments.network](len(CLASSES)).to(memory_format=torch.channels_last)  # trains up to six times faster
    start = time.monotonic()

    def report(epoch, loss):
        print(f"epoch {epoch + 1:2}  loss {loss:.3f}  top-1 {accuracy(network, *validation):.2%}  {time.monotonic() - start:.0f} s", flush=True)

    train(network, pixels, labels, arguments.epochs, arguments.rate, arguments.batch, report)
    export(network, str(arguments.output or SAMPLES / f"shapes-{arguments.network}.onnx"))


if __name__ == "__main__":
    main()
