"""ONNX Runtime's Python package, on the CPU."""

from __future__ import annotations

import numpy as np
import onnxruntime
from sphereface_loadgen import Model, Options


class OnnxRuntime:
    name = "python-onnxruntime"
    formats = ("onnx",)
    precisions = ("fp32", "int8")
    version = onnxruntime.__version__

    def load(self, model: Model, options: Options) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = options.threads
        settings.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model.path, settings, providers=["CPUExecutionProvider"])
        self.input_name = self.session.get_inputs()[0].name

    def infer(self, batch: np.ndarray) -> np.ndarray:
        embeddings: np.ndarray = self.session.run(None, {self.input_name: batch})[0]
        return embeddings
