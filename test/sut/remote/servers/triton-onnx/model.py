"""Runs the ONNX file of a model repository by Triton's Python backend, where there is none for ONNX Runtime."""

from pathlib import Path

import onnxruntime
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def initialize(self, args):
        file = Path(args["model_repository"]) / args["model_version"] / "model.onnx"
        self.session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        inputs = {value.name: self.tensor(request, value.name) for value in self.session.get_inputs()}
        names = [value.name for value in self.session.get_outputs()]
        outputs = zip(names, self.session.run(names, inputs))
        return pb_utils.InferenceResponse([pb_utils.Tensor(name, values) for name, values in outputs])

    def tensor(self, request, name):
        return pb_utils.get_input_tensor_by_name(request, name).as_numpy()
