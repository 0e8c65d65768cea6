"""The toy model of MLServer."""

from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse


class Toy(MLModel):
    """Answers each image with its first 512 values."""

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        images = NumpyCodec.decode_input(payload.inputs[0])
        embeddings = images.reshape(len(images), -1)[:, :512]
        output = NumpyCodec.encode_output("embeddings", embeddings)
        return InferenceResponse(id=payload.id, model_name=self.name, outputs=[output])
