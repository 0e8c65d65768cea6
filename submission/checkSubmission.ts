import { LoadGenError } from '../base/errors.js';
import { TEST_SCENARIOS } from '../loadgen/settings/testSettings.js';
import { checkSameInSystem, type IdentifyingFacts } from './checks/identity.js';
import { checkSubmittedScenario } from './checks/submittedScenario.js';
import { checkSystemFile } from './checks/systemFile.js';
import { checkTreeFiles } from './checks/treeFiles.js';
import { setUnfinishedApart } from './checks/unfinishedAddition.js';
import { type Finding, newFinding } from './finding.js';
import { MODELS_WITH_RULES, rulesOf } from './rules.js';
import {
  listSystems,
  listTree,
  MODEL_FOLDER,
  modelFolder,
  parseLocation,
  type ResultLocation,
  SUBMITTER_FOLDER,
  submitterFolder,
  systemFile,
  type TreeEntry,
} from './tree.js';

export interface CheckRequest {
  readonly tree: string;
  /** Names that may not be published, such as the host's and the user's. */
  readonly privateNames: readonly string[];
}

export interface SubmittedResult extends ResultLocation {
  readonly network: string;
  readonly scenario: string;
}

export interface SubmissionCheck {
  /** Empty if the tree can be submitted. */
  readonly findings: readonly Finding[];
  /** What the tree holds. */
  readonly results: readonly SubmittedResult[];
}

/** What rounds before v6.1 had beside results; scenarios in lower case are of rounds that took them so. */
const OTHER_ROUND =
  /^(?:closed|open|network)\/[^/]+\/(?:measurements|compliance|code|documentation|results\/[^/]+\/[^/]+\/(?:singlestream|multistream|server|offline))$/;

const OWN_MEASUREMENTS = /^(?:closed|open)\/[^/]+\/results\/[^/]+\/[^/]+\/[^/]+\/measurements\.json$/;

type Entries = ReadonlyMap<string, TreeEntry>;

/** Checks a submission tree against the rules, more strictly than the official checker, and returns all findings. */
export async function checkSubmission({ tree, privateNames }: CheckRequest): Promise<SubmissionCheck> {
  const { findings: ofAddition, entries } = setUnfinishedApart(await listTree(tree));
  refuseOtherTree(tree, entries);
  const systems = listSystems(entries);
  // What a system is called in the tree is public by the submitter's choice.
  const published = new Set(systems.map(({ system }) => system.toLowerCase()));
  const unpublished = privateNames.filter((name) => !published.has(name.toLowerCase()));
  const findings = [...ofAddition, ...(await checkTreeFiles(tree, entries, unpublished))];
  const results: SubmittedResult[] = [];
  if (systems.length === 0) {
    findings.push(newFinding('.', 'no system description', 'a tree with DIVISION/SUBMITTER/systems/SYSTEM.json'));
  }
  for (const location of systems) {
    findings.push(...(await checkSystemFile(tree, location)), ...checkSource(location, entries));
  }
  for (const { location, network } of submittedModels(entries)) {
    const checked = await checkModel(tree, entries, location, network);
    findings.push(...checked.findings);
    results.push(...checked.results);
  }
  findings.push(...systems.flatMap((location) => checkHasResults(location, results)));
  findings.push(...checkSubmitters(entries, systems));
  return { findings, results };
}

/** @throws SUBMISSION_TREE if the folder is no tree, or one of another round, where every file would be a finding */
function refuseOtherTree(tree: string, entries: Entries): void {
  const folders = [...entries].flatMap(([path, { kind }]) => (kind === 'folder' ? path : []));
  const other = folders.find((path) => OTHER_ROUND.test(path));
  const expected = 'expected DIVISION/SUBMITTER/systems, results and src, as "loadgen submission init" makes them';
  if (other !== undefined && ![...entries.keys()].some((path) => OWN_MEASUREMENTS.test(path))) {
    const found = `the layout of another round's submission: there is ${other}`;
    throw new LoadGenError('SUBMISSION_TREE', `${tree} has ${found}; ${expected}`);
  }
  if (entries.size > 0 && !folders.some((path) => SUBMITTER_FOLDER.test(path)))
    throw new LoadGenError('SUBMISSION_TREE', `${tree} is no submission tree; ${expected}`);
}

function submittedModels(entries: Entries): { location: ResultLocation; network: string }[] {
  return [...entries].flatMap(([path, { kind }]) => {
    const [, division, submitter, system, network] = MODEL_FOLDER.exec(path) ?? [];
    if (kind !== 'folder' || network === undefined) return [];
    const location = parseLocation(division, submitter, system);
    return location === undefined ? [] : [{ location, network }];
  });
}

async function checkModel(
  tree: string,
  entries: Entries,
  location: ResultLocation,
  network: string,
): Promise<SubmissionCheck> {
  const folder = modelFolder(location, network);
  const scenarios = TEST_SCENARIOS.filter((scenario) => entries.get(`${folder}/${scenario}`)?.kind === 'folder');
  const findings: Finding[] = [];
  if (entries.get(systemFile(location))?.kind !== 'file') {
    findings.push(newFinding(systemFile(location), 'no such file', `it, as there is ${folder}`));
  }
  if (location.division === 'closed') findings.push(...checkClosedModel(folder, network, scenarios));
  const identities: IdentifyingFacts[] = [];
  for (const scenario of scenarios) {
    const checked = await checkSubmittedScenario(tree, entries, location, { network, scenario });
    findings.push(...checked.findings);
    if (checked.identity !== undefined) identities.push(checked.identity);
  }
  findings.push(...checkSameInSystem(identities));
  return { findings, results: scenarios.map((scenario) => ({ ...location, network, scenario })) };
}

function checkClosedModel(folder: string, network: string, scenarios: readonly string[]): Finding[] {
  const rules = rulesOf(network);
  if (rules === undefined) {
    const expected = `one of ${MODELS_WITH_RULES.join(', ')} in the closed division`;
    return [newFinding(folder, `the model ${network}`, expected)];
  }
  const expected = `${rules.requiredScenarios.join(' and ')} in the closed division`;
  return rules.requiredScenarios
    .filter((scenario) => !scenarios.includes(scenario))
    .map((scenario) => newFinding(`${folder}/${scenario}`, 'no such folder', expected));
}

function checkSource(location: ResultLocation, entries: Entries): Finding[] {
  const file = `${submitterFolder(location)}/src`;
  if ([...entries.keys()].some((path) => path.startsWith(`${file}/`))) return [];
  return [newFinding(file, 'no such folder', 'the source, or a README.md that names it')];
}

/** The official checker fails with an error of its own at a submitter without systems. */
function checkSubmitters(entries: Entries, systems: readonly ResultLocation[]): Finding[] {
  const described = new Set(systems.map(submitterFolder));
  return [...entries].flatMap(([file, { kind }]) => {
    if (kind !== 'folder' || !SUBMITTER_FOLDER.test(file) || described.has(file)) return [];
    return [newFinding(file, 'no system description', 'systems/SYSTEM.json in it')];
  });
}

function checkHasResults(location: ResultLocation, results: readonly SubmittedResult[]): Finding[] {
  const hasResults = results.some(
    ({ division, submitter, system }) =>
      division === location.division && submitter === location.submitter && system === location.system,
  );
  if (hasResults) return [];
  const expected = 'results of each system that is described';
  return [newFinding(systemFile(location), 'no results of this system', expected)];
}
