/** From (rows, area, channels), TFLite's order, to (rows, channels, area), PyTorch's. */
export function channelsFirst(values: Float32Array, rows: number, channels: number): Float32Array {
  const area = values.length / rows / channels;
  const arranged = new Float32Array(values.length);
  let target = 0;
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const source = row * area * channels + channel;
      for (let position = 0; position < area; position++) {
        arranged[target++] = values[source + position * channels] ?? 0;
      }
    }
  }
  return arranged;
}
