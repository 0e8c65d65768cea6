/** The contract kit: what engines and systems under test have to keep, as cases for any test runner. */
export type { ContractCase } from './contractCase.js';
export { type EngineContractOptions, engineContract } from './engineContract.js';
export { type SystemUnderTestContractOptions, systemUnderTestContract } from './systemUnderTestContract.js';
