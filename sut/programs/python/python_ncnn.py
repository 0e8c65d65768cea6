"""ncnn's Python package, on the CPU."""

from __future__ import annotations

import os
import tempfile
from importlib.metadata import version
from typing import Any

import ncnn
import numpy as np
from safetensors.numpy import load_file
from sphereface_loadgen import Model, Options

#: The first line of every .param file.
PARAM_MAGIC = 7767517
#: Before weights in a .bin file: they are float32.
FLOAT32_TAG = np.zeros(1, np.uint32).tobytes()
INPUT = "input"


class Ncnn:
    name = "python-ncnn"
    formats = ("safetensors",)
    precisions = ("fp32",)
    version = version("ncnn")

    def load(self, model: Model, options: Options) -> None:
        layers = model.layers()
        self.net = ncnn.Net()
        self.net.opt.num_threads = options.threads
        for narrower in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic", "use_bf16_storage"):
            setattr(self.net.opt, narrower, False)
        self.output = layers[-1]["name"]
        with tempfile.TemporaryDirectory() as folder:
            weights = os.path.join(folder, "model.bin")
            write_weights(weights, layers, load_file(str(model.path)))
            if self.net.load_param_mem(param_text(layers)) != 0 or self.net.load_model(weights) != 0:
                raise RuntimeError("ncnn refuses the network")

    def infer(self, batch: np.ndarray) -> np.ndarray:
        return np.stack([self.embed(image) for image in batch])

    def embed(self, image: np.ndarray) -> np.ndarray:
        # ncnn reads this memory where it is: it has to live as long as the extractor does.
        channels_first = np.ascontiguousarray(image.transpose(2, 0, 1))
        extractor = self.net.create_extractor()
        extractor.input(INPUT, ncnn.Mat(channels_first))
        status, embedding = extractor.extract(self.output)
        if status != 0:
            raise RuntimeError(f"ncnn ended an inference with {status}")
        return np.array(embedding)


def param_text(layers: list[dict[str, Any]]) -> str:
    """A .param file's text: a line for each layer, with the blobs that it reads and writes."""
    lines = [f"Input {INPUT} 0 1 {INPUT}"]
    added = {layer["to"] for layer in layers if layer["type"] == "add"}
    blob = INPUT
    for layer in layers:
        kind, name = layer["type"], layer["name"]
        if kind == "convolution":
            values = layer["outputChannels"] * layer["inputChannels"] * 3 * 3
            settings = f"0={layer['outputChannels']} 1=3 3={layer['stride']} 4=1 5=1 6={values}"
            lines.append(f"Convolution {name} 1 1 {blob} {name} {settings}")
        elif kind == "prelu":
            lines.append(f"PReLU {name} 1 1 {blob} {name} 0={layer['channels']}")
        elif kind == "add":
            lines.append(f"BinaryOp {name} 2 1 {layer['to']}/kept {blob} {name} 0=0")
        else:
            values = layer["outputs"] * layer["channels"] * layer["height"] * layer["width"]
            lines.append(f"InnerProduct {name} 1 1 {blob} {name} 0={layer['outputs']} 1=1 2={values}")
        blob = name
        if name in added:
            # A blob that two layers read is split.
            blob = f"{name}/next"
            lines.append(f"Split {name}/split 1 2 {name} {blob} {name}/kept")
    blobs = len(lines) + len(added)
    return "\n".join([str(PARAM_MAGIC), f"{len(lines)} {blobs}", *lines, ""])


def write_weights(path: str, layers: list[dict[str, Any]], weights: dict[str, np.ndarray]) -> None:
    with open(path, "wb") as file:
        for layer in layers:
            tensors = [weights[f"{layer['name']}.{part}"] for part in PARTS[layer["type"]]]
            for index, tensor in enumerate(tensors):
                if index == 0 and len(tensors) == 2:
                    file.write(FLOAT32_TAG)
                file.write(tensor.astype(np.float32).tobytes())


PARTS = {"convolution": ("weight", "bias"), "prelu": ("weight",), "add": (), "fullyConnected": ("weight", "bias")}
