"""
Sphereface-20 on Ray Serve, by the REST API of the Open Inference Protocol, with ONNX Runtime in each replica:

    serve run app:build model=../../models/sphereface20.onnx replicas=2

Requests go through Ray Serve's proxy to the replica that has the least to do. A replica computes one request at a time,
in one thread.
"""

import json
from typing import Any

import numpy as np
import onnxruntime
import ray
from fastapi import FastAPI, HTTPException, Request, Response
from pydantic import BaseModel
from ray import serve

MODEL = "sphereface20"
HEADER_LENGTH = "inference-header-content-length"
"""Of the JSON before binary tensors."""

app = FastAPI()


class Arguments(BaseModel):
    """What `serve run` is given as key=value."""

    model: str
    """An ONNX file: `loadgen model export --format onnx`."""
    replicas: int = 1


# Ray Serve pickles the class below where it stands: what it calls has to be there before.


def tensor(value: Any) -> dict[str, Any]:
    """A tensor of the model, as metadata describe it. A size that is not fixed has a name."""
    sizes = [size if isinstance(size, int) else -1 for size in value.shape]
    return {"name": value.name, "datatype": "FP32", "shape": sizes}


def read_input(described: dict[str, Any], binary: bytes) -> np.ndarray:
    if described["datatype"] != "FP32":
        raise ValueError(f"found {described['datatype']}, expected FP32")
    data = described.get("data")
    values = np.frombuffer(binary, np.float32) if data is None else np.array(data, np.float32)
    return values.reshape(described["shape"])


def answer(head: dict[str, Any], name: str, embeddings: np.ndarray) -> Response:
    output: dict[str, Any] = {"name": name, "datatype": "FP32", "shape": list(embeddings.shape)}
    message = {"model_name": MODEL, "model_version": "1", "id": head.get("id", ""), "outputs": [output]}
    if not wants_binary(head):
        output["data"] = embeddings.ravel().tolist()
        return Response(json.dumps(message), media_type="application/json")
    output["parameters"] = {"binary_data_size": embeddings.nbytes}
    text = json.dumps(message).encode()
    headers = {HEADER_LENGTH: str(len(text))}
    return Response(text + embeddings.tobytes(), media_type="application/octet-stream", headers=headers)


def wants_binary(head: dict[str, Any]) -> bool:
    """Whether the request asks so of its output, or of all."""
    asked = [output.get("parameters", {}) for output in head.get("outputs", [])]
    of_all = head.get("parameters", {}).get("binary_data_output", False)
    return bool(asked[0].get("binary_data", of_all) if asked else of_all)


# So many requests may wait in a replica that it never waits for one itself.
@serve.deployment(max_ongoing_requests=64, ray_actor_options={"num_cpus": 1})
@serve.ingress(app)
class Embedder:
    def __init__(self, model: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @app.get("/v2")
    def describe_server(self) -> dict[str, Any]:
        return {"name": "ray-serve", "version": ray.__version__, "extensions": ["binary_tensor_data"]}

    @app.get("/v2/health/live")
    @app.get("/v2/health/ready")
    @app.get(f"/v2/models/{MODEL}/ready")
    def is_ready(self) -> dict[str, bool]:
        return {"ready": True}

    @app.get(f"/v2/models/{MODEL}")
    def describe_model(self) -> dict[str, Any]:
        return {
            "name": MODEL,
            "versions": ["1"],
            "platform": "onnxruntime_onnx",
            "inputs": [tensor(value) for value in self.session.get_inputs()],
            "outputs": [tensor(value) for value in self.session.get_outputs()],
        }

    @app.post(f"/v2/models/{MODEL}/infer")
    async def infer(self, request: Request) -> Response:
        body = await request.body()
        try:
            head_bytes = int(request.headers.get(HEADER_LENGTH, len(body)))
            head = json.loads(body[:head_bytes])
            images = read_input(head["inputs"][0], body[head_bytes:])
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise HTTPException(400, f"the request is not as expected: {error!r}") from error
        [name] = (value.name for value in self.session.get_inputs())
        [embeddings] = self.session.run(None, {name: images})
        return answer(head, self.session.get_outputs()[0].name, embeddings)


def build(arguments: Arguments) -> serve.Application:
    return Embedder.options(num_replicas=arguments.replicas).bind(arguments.model)
