"""LiteRT's Python package (ai-edge-litert): XNNPACK on the CPU, or its accelerators for GPUs and NPUs."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from sphereface_loadgen import EngineFault, Model, Options

CPU = "CPU"


class LiteRt:
    name = "python-litert"
    formats = ("tflite",)
    precisions = ("fp32", "int8")
    version = version("ai-edge-litert")
    #: It lists none: whether there is such hardware shows when a model is compiled for it.
    devices = (CPU, "GPU", "NPU")

    def load(self, model: Model, options: Options) -> None:
        self.device = options.device or CPU
        self.network = OnCpu(model, options.threads) if self.device == CPU else Accelerated(model, self.device)

    def infer(self, batch: np.ndarray) -> np.ndarray:
        return self.network.infer(batch)


class OnCpu:
    def __init__(self, model: Model, threads: int) -> None:
        self.interpreter = Interpreter(model.path, num_threads=threads)
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


class Accelerated:
    """All of the network on one accelerator: without the CPU beside it, LiteRT refuses what is not computed there."""

    def __init__(self, model: Model, device: str) -> None:
        # Not before: packages older than 2 do not have it.
        from ai_edge_litert.compiled_model import CompiledModel, GpuOptions, HardwareAccelerator
        from ai_edge_litert.compiled_model import Options as CompileOptions

        # Its own choice is float16.
        exact = GpuOptions(enforce_f32=True)
        options = CompileOptions(HardwareAccelerator[device], gpu_options=exact)
        try:
            self.compiled = CompiledModel.from_file(model.path, options=options)
        except RuntimeError as thrown:
            raise EngineFault(f"LiteRT has no {device} here that computes the network: {thrown}") from thrown
        self.inputs = self.compiled.create_input_buffers(0)
        self.outputs = self.compiled.create_output_buffers(0)
        self.embedding_values = model.embedding_values

    def infer(self, batch: np.ndarray) -> np.ndarray:
        return np.stack([self.embed(image) for image in batch])

    def embed(self, image: np.ndarray) -> np.ndarray:
        self.inputs[0].write(image)
        self.compiled.run_by_index(0, self.inputs, self.outputs)
        return np.array(self.outputs[0].read(self.embedding_values, np.float32))
