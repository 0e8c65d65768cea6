import { fileURLToPath } from 'node:url';

interface PythonEngine {
  readonly name: string;
  readonly description: string;
  readonly file: string;
}

/** Engines in Python that come with this project. To add one: a file in `python/` and a line here. */
export const PYTHON_ENGINES: readonly PythonEngine[] = [
  engine('python-onnxruntime', "ONNX Runtime's Python package", 'python_onnxruntime.py'),
  engine('python-openvino', "OpenVINO's Python package", 'python_openvino.py'),
  engine('python-litert', "LiteRT's Python package (XNNPACK)", 'python_litert.py'),
  engine('python-ncnn', "ncnn's Python package on the CPU", 'python_ncnn.py'),
  engine('python-mnn', "MNN's Python package on the CPU", 'python_mnn.py'),
  engine('python-torch', 'PyTorch on the CPU', 'python_torch.py'),
];

function engine(name: string, description: string, file: string): PythonEngine {
  const path = fileURLToPath(new URL(`../../../sut/programs/python/${file}`, import.meta.url));
  return { name, description, file: path };
}
