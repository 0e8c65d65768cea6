"""MNN's Python package, on the CPU."""

from __future__ import annotations

import os
import tempfile
from importlib import metadata, util

import numpy as np
from sphereface_loadgen import Model, Options

if util.find_spec("MNN") is None:
    raise ModuleNotFoundError("No module named 'MNN'")

INPUT = "input"


class Mnn:
    name = "python-mnn"
    formats = ("tflite",)
    precisions = ("fp32",)
    version = metadata.version("MNN")

    def load(self, model: Model, options: Options) -> None:
        # Not before: importing MNN prints what the processor has, also where systems are only listed.
        from MNN import expr, nn

        # A part of MNN's package. Not MNN.tools.mnnconvert: importing it installs packages and reports to a server.
        import _tools

        self.expr = expr
        with tempfile.TemporaryDirectory() as folder:
            converted = os.path.join(folder, "model.mnn")
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
        images = self.expr.const(batch, list(batch.shape), self.expr.NHWC)
        embeddings: np.ndarray = self.net.forward([images])[0].read()
        return embeddings
