"""MNN's Python package, on the CPU."""

from __future__ import annotations

import os
import tempfile

import MNN
import numpy as np
from MNN import expr, nn
from sphereface_loadgen import Model, Options

import _tools  # noqa: I001 - a part of MNN's package: after it, so that a missing package has MNN's name

INPUT = "input"


class Mnn:
    name = "python-mnn"
    formats = ("tflite",)
    precisions = ("fp32",)
    version = MNN.version()

    def load(self, model: Model, options: Options) -> None:
        with tempfile.TemporaryDirectory() as folder:
            converted = os.path.join(folder, "model.mnn")
            # Not MNN.tools.mnnconvert: importing it installs packages and reports to a server.
            _tools.mnnconvert(
                ["mnnconvert", "-f", "TFLITE", "--modelFile", model.path, "--MNNModel", converted, "--bizCode", "x"]
            )
            settings = {"backend": "CPU", "numThread": options.threads, "precision": "high"}
            self.runtime = nn.create_runtime_manager((settings,))
            self.net = nn.load_module_from_file(
                converted, [INPUT], ["fc5"], runtime_manager=self.runtime, shape_mutable=True
            )

    def infer(self, batch: np.ndarray) -> np.ndarray:
        # In the file's own order, channels last: converted to MNN's packed order here, the answer would be another.
        images = expr.const(batch, list(batch.shape), expr.NHWC)
        embeddings: np.ndarray = self.net.forward([images])[0].read()
        return embeddings
