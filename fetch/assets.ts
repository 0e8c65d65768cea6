import type { Digest } from './digest.js';

/** One file as its mirrors give it. The digest says what it is; a mirror is only where it comes from. */
export interface RemoteFile {
  readonly fileName: string;
  /** Asked in this order; http or https. */
  readonly urls: readonly string[];
  readonly digest: Digest;
  /** No more is taken from any mirror: the size where it is known, otherwise a bound. */
  readonly maxBytes: number;
}

/** A gzipped tar archive of folders and files. */
export interface RemoteArchive extends RemoteFile {
  readonly maxEntries: number;
  readonly maxUnpackedBytes: number;
}

/** What is fetched as a whole, into a folder of its own with this name. */
export interface Asset {
  readonly name: string;
  /** For people: what it is, whose it is, and on what terms it may be used. */
  readonly title: string;
  readonly source: string;
  readonly licence: string;
  /** Put into the folder as they are. */
  readonly files: readonly RemoteFile[];
  /** Unpacked into the folder. */
  readonly archive?: RemoteArchive;
}

const LFW_SOURCE = 'University of Massachusetts Amherst, http://vis-www.cs.umass.edu/lfw/';
const LFW_LICENCE = 'none stated; published for research, photographs from news sites belong to their owners';
/** Its 13,233 images lie in 5,749 folders, and take little more room than their archive. */
const LFW_LIMITS = { maxEntries: 25_000, maxUnpackedBytes: 1024 ** 3 };

/** The pair list of both versions of LFW. */
const LFW_PAIRS: RemoteFile = {
  fileName: 'pairs.txt',
  urls: ['https://ndownloader.figshare.com/files/5976006', 'http://vis-www.cs.umass.edu/lfw/pairs.txt'],
  digest: { algorithm: 'sha256', hex: 'ea42330c62c92989f9d7c03237ed5d591365e89b3e649747777b70e692dc1592' },
  maxBytes: 155_335,
};

const SPHEREFACE20_FOLDER =
  'mlcommons/inference/398f76053b6de0236e5ba5a8f38f4e1a82982c5e/edge/face_identification/sphereface20/tflite/model';

/** Everything there is to fetch from web servers. */
export const ASSETS: readonly Asset[] = [
  {
    name: 'lfw',
    title: 'Labeled Faces in the Wild, original images',
    source: LFW_SOURCE,
    licence: LFW_LICENCE,
    files: [LFW_PAIRS],
    archive: {
      fileName: 'lfw.tgz',
      urls: ['https://ndownloader.figshare.com/files/5976018', 'http://vis-www.cs.umass.edu/lfw/lfw.tgz'],
      digest: { algorithm: 'sha256', hex: '055f7d9c632d7370e6fb4afc7468d40f970c34a80d4c6f50ffec63f5a8d536c0' },
      maxBytes: 180_566_744,
      ...LFW_LIMITS,
    },
  },
  {
    name: 'lfw-funneled',
    title: 'Labeled Faces in the Wild, funneled images',
    source: LFW_SOURCE,
    licence: LFW_LICENCE,
    files: [LFW_PAIRS],
    archive: {
      fileName: 'lfw-funneled.tgz',
      urls: ['https://ndownloader.figshare.com/files/5976015', 'http://vis-www.cs.umass.edu/lfw/lfw-funneled.tgz'],
      digest: { algorithm: 'sha256', hex: 'b47c8422c8cded889dc5a13418c4bc2abbda121092b3533a83306f90d900100a' },
      maxBytes: 243_346_528,
      ...LFW_LIMITS,
    },
  },
  {
    name: 'sphereface20',
    title: 'Sphereface-20 with the published weights, a TFLite model',
    source: 'MLCommons, https://github.com/mlcommons/inference',
    licence: 'MIT',
    files: [
      {
        fileName: 'sphereface_float.tflite',
        urls: [`https://raw.githubusercontent.com/${SPHEREFACE20_FOLDER}/sphereface_float.tflite`],
        digest: { algorithm: 'git-blob-sha1', hex: '8b6e841afaf0fd66aceb91bb994d3b17b9d9a39a' },
        // 22.67 million float32 values take 91 MB; GitHub gives out no file above 100 MiB this way.
        maxBytes: 100 * 1024 ** 2,
      },
    ],
  },
];
