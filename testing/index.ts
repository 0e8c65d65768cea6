/**
 * The contract kit: the rules that engines and systems under test keep, as cases for any test runner.
 *
 * @module
 */

export type { ContractCase } from './contractCase.js';
export { type EngineContractOptions, engineContract } from './engineContract.js';
export { type SystemUnderTestContractOptions, systemUnderTestContract } from './systemUnderTestContract.js';
