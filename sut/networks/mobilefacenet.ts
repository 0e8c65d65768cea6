import { FACE_MODEL_PACKAGE } from '../../platform/node/npmPackageFiles.js';
import type { Network } from './network.js';

/** Of embeddings of length 1: below it, the package takes two faces for the same person's unless told otherwise. */
const PACKAGE_MATCH_DISTANCE = 1.1;

/**
 * MobileFaceNet (Chen et al., MobileFaceNets: Efficient CNNs for Accurate Real-Time Face Verification on Mobile Devices,
 * CCBR 2018) with 192 output values, as others trained and published it (MIT licence). The file is for two images at a
 * time, and constants in it rule out any other number.
 */
export const MOBILEFACENET: Network = {
  name: 'mobilefacenet',
  shape: { inputHeight: 112, inputWidth: 112, inputChannels: 3, embeddingValues: 192 },
  arithmetic: { channelOrder: 'RGB', offset: 127.5, divisor: 128 },
  templateShiftX: 8,
  decision: {
    // Vectors of length 1 at a distance d have the cosine 1 - d^2 / 2.
    threshold: Math.acos(1 - PACKAGE_MATCH_DISTANCE ** 2 / 2) / Math.PI,
    origin: `the publishing package's: L2 distance ${PACKAGE_MATCH_DISTANCE} of embeddings of length 1`,
  },
  source: {
    type: 'file',
    title: 'MobileFaceNet',
    format: 'tflite',
    package: FACE_MODEL_PACKAGE,
    fileName: 'MobileFaceNet.tflite',
    sha256: 'd8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b',
  },
};
