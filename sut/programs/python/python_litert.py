"""LiteRT's Python package (ai-edge-litert) with XNNPACK, on the CPU."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from sphereface_loadgen import Model, Options


class LiteRt:
    name = "python-litert"
    formats = ("tflite",)
    precisions = ("fp32",)
    version = version("ai-edge-litert")

    def load(self, model: Model, options: Options) -> None:
        self.interpreter = Interpreter(model.path, num_threads=options.threads)
        self.input_index = self.interpreter.get_input_details()[0]["index"]
        self.output_index = self.interpreter.get_output_details()[0]["index"]
        self.images = 0

    def infer(self, batch: np.ndarray) -> np.ndarray:
        if len(batch) != self.images:
            self.interpreter.resize_tensor_input(self.input_index, batch.shape)
            self.interpreter.allocate_tensors()
            self.images = len(batch)
        self.interpreter.set_tensor(self.input_index, batch)
        self.interpreter.invoke()
        embeddings: np.ndarray = self.interpreter.get_tensor(self.output_index)
        return embeddings
