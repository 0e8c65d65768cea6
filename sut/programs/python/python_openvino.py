"""OpenVINO's Python package, on any of its devices."""

from __future__ import annotations

import numpy as np
import openvino
from sphereface_loadgen import EngineFault, Model, Options

#: What it may compute in where the file's values are floating point, with the names that devices have for it.
FLOAT_TYPES = {"fp32": {"f32": "FP32"}, "bf16": {"bf16": "BF16"}, "int8": {"f32": "FP32", "f16": "FP16"}}


class OpenVino:
    name = "python-openvino"
    formats = ("onnx",)
    precisions = ("fp32", "bf16", "int8")
    version = openvino.__version__.split("-")[0]

    def __init__(self) -> None:
        self.core = openvino.Core()
        found = self.core.available_devices
        # Of several, the first can also be meant without its number.
        self.devices = tuple(dict.fromkeys([device.split(".")[0] for device in found] + found))

    def load(self, model: Model, options: Options) -> None:
        device = options.device or "CPU"
        properties = {
            "PERFORMANCE_HINT": "LATENCY",
            # Its own choice is bf16 where the processor has it, and float16 on a GPU.
            "INFERENCE_PRECISION_HINT": self.float_type(device, options.precision),
        }
        if device == "CPU":
            properties.update(INFERENCE_NUM_THREADS=str(options.threads), NUM_STREAMS="1")
        else:
            self.instruction_set = self.core.get_property(device, "FULL_DEVICE_NAME")
        network = self.core.read_model(model.path)
        # Compiled for any number of images it is slower, and in 8 bits wrong (OpenVINO 2026.4).
        self.requests = {}
        for images in {1, options.batch}:
            network.reshape([images, *model.image_shape])
            compiled = self.core.compile_model(network, device, properties)
            self.requests[images] = compiled.create_infer_request()
        self.device = " ".join(compiled.get_property("EXECUTION_DEVICES"))

    def infer(self, batch: np.ndarray) -> np.ndarray:
        if len(batch) not in self.requests:
            return np.concatenate([self.infer(image[np.newaxis]) for image in batch])
        request = self.requests[len(batch)]
        request.infer({0: batch}, share_inputs=True, share_outputs=False)
        embeddings: np.ndarray = request.get_output_tensor(0).data.copy()
        return embeddings

    def float_type(self, device: str, precision: str) -> str:
        capabilities = self.core.get_property(device, "OPTIMIZATION_CAPABILITIES")
        found = [type for type, capability in FLOAT_TYPES[precision].items() if capability in capabilities]
        # It computes in bf16 also on processors that have no instructions for it, slowly.
        if not found or (precision == "int8" and "INT8" not in capabilities):
            raise EngineFault(f"{device} does not compute in {precision} here, it has {', '.join(capabilities)}")
        return found[0]
