"""An engine in Python: ONNX Runtime as a user has it. Needs `pip install numpy onnxruntime`.

    npx loadgen run --quick --sut ./engine.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

if TYPE_CHECKING:  # for editors; the load generator has this module
    from sphereface_loadgen import Model, Options


class OnnxRuntime:
    name = "my-onnxruntime"
    formats = ("onnx",)
    precisions = ("fp32", "int8")
    version = onnxruntime.__version__

    def load(self, model: Model, options: Options) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = options.threads
        self.session = onnxruntime.InferenceSession(model.path, settings, providers=["CPUExecutionProvider"])
        self.input_name = self.session.get_inputs()[0].name

    def infer(self, batch: np.ndarray) -> np.ndarray:
        return self.session.run(None, {self.input_name: batch})[0]
