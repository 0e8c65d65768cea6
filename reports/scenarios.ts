export const SCENARIOS = ['SingleStream', 'MultiStream', 'Server', 'Offline'] as const;
export type TestScenario = (typeof SCENARIOS)[number];
