/** The official LoadGen whose decisions, figures and log formats these are, and what they were made with. */
export const LOADGEN_VERSION = '6.0.17 @ sphereface-loadgen';
