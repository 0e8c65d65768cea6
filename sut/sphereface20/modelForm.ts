import type { InputLayout } from '../engine.js';
import type { ModelFormat } from '../modelFormats.js';

/** What a format leaves open in a model's file. */
export interface ModelForm {
  /** How many images the file takes at a time. If left out, any number; one in TFLite, which wants a number. */
  readonly batch?: number | undefined;
  /** In which it takes images; NHWC if left out. */
  readonly layout?: InputLayout | undefined;
  /**
   * PReLU as one operator, which converters of other runtimes recognise, instead of the four that ONNX Runtime computes
   * faster.
   */
  readonly nativePrelu?: boolean | undefined;
}

/** What each format leaves open. */
export const OPEN_IN_FORMAT: Readonly<Record<ModelFormat, readonly (keyof ModelForm)[]>> = {
  onnx: ['batch', 'layout', 'nativePrelu'],
  tflite: ['batch'],
  tfjs: [],
  safetensors: [],
};
