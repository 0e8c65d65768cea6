/** By which bundles for browsers choose among a package's scripts. */
export const BROWSER_CONDITIONS = [
  'module',
  // ONNX Runtime's scripts without the WebAssembly glue, which is handed out beside its file.
  'onnxruntime-web-use-extern-wasm',
];
