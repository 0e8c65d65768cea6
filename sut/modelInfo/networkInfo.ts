export interface TensorInfo {
  readonly name: string;
  /** -1 stands for any size; undefined if the file does not say. */
  readonly shape: readonly number[] | undefined;
  /** "float32", "int8", ... */
  readonly type: string;
}

/** What a model's main file says of the network. */
export interface NetworkInfo {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** How many there are of each operator. */
  readonly operators: Readonly<Record<string, number>>;
  /** Values of all constants: weights, but shapes and paddings, too. */
  readonly parameters: number;
}

/** How often each name occurs, the names in alphabetical order. */
export function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Values of tensors of these shapes. */
export function valuesIn(shapes: readonly (readonly number[])[]): number {
  return shapes.reduce((sum, shape) => sum + shape.reduce((product, length) => product * length, 1), 0);
}
