"""KServe with the toy model: `serve.py HTTP_PORT GRPC_PORT`."""

import sys

from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer


class Toy(Model):
    """Answers each image with its first 512 values."""

    def __init__(self) -> None:
        super().__init__("toy")
        self.ready = True

    def get_input_types(self) -> list[dict]:
        return [{"name": "images", "datatype": "FP32", "shape": [-1, 112, 96, 3]}]

    def get_output_types(self) -> list[dict]:
        return [{"name": "embeddings", "datatype": "FP32", "shape": [-1, 512]}]

    async def predict(self, request: InferRequest, headers=None) -> InferResponse:
        images = request.inputs[0].as_numpy()
        embeddings = images.reshape(len(images), -1)[:, :512]
        output = InferOutput("embeddings", list(embeddings.shape), "FP32")
        output.set_data_from_numpy(embeddings, binary_data=request.use_binary_outputs)
        return InferResponse(request.id, "toy", [output])


if __name__ == "__main__":
    http_port, grpc_port = map(int, sys.argv[1:])
    ModelServer(http_port=http_port, grpc_port=grpc_port, enable_latency_logging=False).start([Toy()])
