"""The two sample networks: a small residual network and a small MobileNetV2."""
from collections import OrderedDict

from torch import nn


def named(**layers):
    """The layers in sequence; their names become those of the nodes and weights in the exported file."""
    return nn.Sequential(OrderedDict(layers))


def convolution(inputs, outputs, kernel=3, stride=1, groups=1, activation=None):
    layers = {
        "conv": nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        "norm": nn.BatchNorm2d(outputs)}
    return named(**layers, **({"act": activation()} if activation else {}))


def classifier(channels, classes):
    return named(pool=nn.AdaptiveAvgPool2d(1), flatten=nn.Flatten(), linear=nn.Linear(channels, classes))


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions and a shortcut: He et al. 2015, figure 2."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.first = convolution(inputs, outputs, 3, stride, activation=nn.ReLU)
        self.second = convolution(outputs, outputs, 3)
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else convolution(inputs, outputs, 1, stride)
        if not same:  # else it stays equal to the bias it is added to, and the exporter shares one tensor between both
            nn.init.normal_(self.shortcut.norm.bias, std=.01)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.second(self.first(x)) + self.shortcut(x))


class InvertedResidual(nn.Module):
    """Widen by 1x1, filter each channel by 3x3, narrow by 1x1 without activation: Sandler et al. 2018, figure 3."""

    def __init__(self, inputs, expanded, outputs, stride=1):
        super().__init__()
        self.expand = convolution(inputs, expanded, 1, activation=nn.ReLU6)
        self.depthwise = convolution(expanded, expanded, 3, stride, groups=expanded, activation=nn.ReLU6)
        self.project = convolution(expanded, outputs, 1)
        self.has_shortcut = stride == 1 and inputs == outputs

    def forward(self, x):
        narrow = self.project(self.depthwise(self.expand(x)))
        return x + narrow if self.has_shortcut else narrow


def resnet(classes):
    return named(
        stem=convolution(3, 32, stride=2, activation=nn.ReLU),
        block1=ResidualBlock(32, 32),
        block2=ResidualBlock(32, 64, stride=2),
        block3=ResidualBlock(64, 64),
        block4=ResidualBlock(64, 128, stride=2),
        head=classifier(128, classes))


def mobilenet(classes):
    return named(
        stem=convolution(3, 16, stride=2, activation=nn.ReLU6),
        block1=InvertedResidual(16, 96, 32, stride=2),
        block2=InvertedResidual(32, 192, 32),
        block3=InvertedResidual(32, 192, 48, stride=2),
        block4=InvertedResidual(48, 288, 48),
        block5=InvertedResidual(48, 288, 64),
        block6=InvertedResidual(64, 384, 64),
        last=convolution(64, 256, 1, activation=nn.ReLU6),
        head=classifier(256, classes))


NETWORKS = {"resnet": resnet, "mobilenet": mobilenet}
