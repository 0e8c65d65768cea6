"""ONNX Runtime's Python package, by any of the execution providers that it has."""

from __future__ import annotations

import json
import os
import tempfile

import numpy as np
import onnxruntime
from sphereface_loadgen import EngineFault, Model, Options

CPU = "cpu"
SUFFIX = "ExecutionProvider"


class OnnxRuntime:
    name = "python-onnxruntime"
    formats = ("onnx",)
    precisions = ("fp32", "int8")
    version = onnxruntime.__version__
    #: As in JavaScript: "cuda" for "CUDAExecutionProvider".
    names = {name.replace(SUFFIX, "").lower(): name for name in onnxruntime.get_available_providers()}
    providers = (CPU, *(name for name in names if name != CPU))

    def load(self, model: Model, options: Options) -> None:
        wanted = options.provider or CPU
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = options.threads
        settings.inter_op_num_threads = 1
        with tempfile.TemporaryDirectory() as folder:
            settings.enable_profiling = wanted != CPU
            settings.profile_file_prefix = os.path.join(folder, "profile")
            providers = [self.names[name] for name in dict.fromkeys([wanted, CPU])]
            self.session = onnxruntime.InferenceSession(model.path, settings, providers=providers)
            self.input_name = self.session.get_inputs()[0].name
            self.provider = CPU
            if wanted != CPU:
                # On an error it would go on by another provider, and only print that it does.
                self.session.disable_fallback()
                self.infer(np.zeros((1, *model.image_shape), np.float32))
                self.provider = used_providers(self.session.end_profiling(), wanted)

    def infer(self, batch: np.ndarray) -> np.ndarray:
        embeddings: np.ndarray = self.session.run(None, {self.input_name: batch})[0]
        return embeddings


def used_providers(profile: str, wanted: str) -> str:
    """What has computed the operators: the wanted provider, and where others took a part, how much it has computed."""
    with open(profile, encoding="utf-8") as file:
        events = [event for event in json.load(file) if "provider" in event.get("args", {})]
    found = {event["name"]: event["args"]["provider"].replace(SUFFIX, "").lower() for event in events}
    own = list(found.values()).count(wanted)
    others = ", ".join(sorted(set(found.values()) - {wanted}))
    if own == 0:
        raise EngineFault(f"the provider {wanted} computes no operator of the model: {others or 'nothing'} does")
    return f"{wanted} ({own} of {len(found)} operators), {others}" if others else wanted
