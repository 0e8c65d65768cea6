/** What is used of `@tensorflow/tfjs-node`, which a clone does not install either: its install script fetches TensorFlow. */
declare module '@tensorflow/tfjs-node' {
  export const version: { readonly 'tfjs-node': string };
}
