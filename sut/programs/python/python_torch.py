"""PyTorch, on the CPU."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from sphereface_loadgen import Model, Options
from torch import Tensor, nn


class Torch:
    name = "python-torch"
    formats = ("safetensors",)
    precisions = ("fp32", "bf16")
    version = torch.__version__

    def load(self, model: Model, options: Options) -> None:
        torch.set_num_threads(options.threads)
        self.type = torch.bfloat16 if options.precision == "bf16" else torch.float32
        self.layers = model.layers()
        weights = load_file(str(model.path))
        self.modules = {layer["name"]: self.module_of(layer, weights) for layer in self.layers if layer["type"] != "add"}

    def infer(self, batch: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            # Channels last in memory, which is how the images come.
            images = torch.tensor(batch).permute(0, 3, 1, 2).to(self.type)
            embeddings: np.ndarray = self.embed(images).float().numpy()
        return embeddings

    def embed(self, value: Tensor) -> Tensor:
        outputs: dict[str, Tensor] = {}
        for layer in self.layers:
            name, kind = layer["name"], layer["type"]
            if kind == "add":
                value = outputs[layer["to"]] + value
            else:
                value = self.modules[name](value.flatten(1) if kind == "fullyConnected" else value)
            outputs[name] = value
        return value

    def module_of(self, layer: dict[str, Any], weights: dict[str, Tensor]) -> nn.Module:
        name, kind = layer["name"], layer["type"]
        module: nn.Module
        if kind == "convolution":
            module = nn.Conv2d(layer["inputChannels"], layer["outputChannels"], 3, layer["stride"], 1)
        elif kind == "prelu":
            module = nn.PReLU(layer["channels"])
        else:
            module = nn.Linear(layer["channels"] * layer["height"] * layer["width"], layer["outputs"])
        module.load_state_dict({part: weights[f"{name}.{part}"] for part in module.state_dict()})
        return module.eval().to(self.type).to(memory_format=torch.channels_last)
