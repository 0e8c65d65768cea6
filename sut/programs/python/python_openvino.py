"""OpenVINO's Python package, on the CPU."""

from __future__ import annotations

import numpy as np
import openvino
from sphereface_loadgen import Model, Options


class OpenVino:
    name = "python-openvino"
    formats = ("onnx",)
    precisions = ("fp32",)
    version = openvino.__version__.split("-")[0]

    def load(self, model: Model, options: Options) -> None:
        network = openvino.Core().compile_model(
            model.path,
            "CPU",
            {
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_NUM_THREADS": options.threads,
                "NUM_STREAMS": 1,
                # Its own choice is bf16 where the processor has it.
                "INFERENCE_PRECISION_HINT": "f32",
            },
        )
        self.request = network.create_infer_request()

    def infer(self, batch: np.ndarray) -> np.ndarray:
        self.request.infer({0: batch}, share_inputs=True, share_outputs=False)
        embeddings: np.ndarray = self.request.get_output_tensor(0).data.copy()
        return embeddings
