import { FACE_MODEL_PACKAGE } from '../../base/faceModelPackage.js';
import type { Network } from './network.js';

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
  decision: { threshold: 0.37, origin: 'TO BE MEASURED' },
  source: {
    type: 'file',
    title: `MobileFaceNet from npm package ${FACE_MODEL_PACKAGE.spec}`,
    format: 'tflite',
    package: FACE_MODEL_PACKAGE,
    fileName: 'MobileFaceNet.tflite',
    sha256: 'd8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b',
  },
};
