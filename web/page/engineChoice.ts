/** The part of the form that says what computes, and how. */
import type { Precision } from '../../sut/engine.js';
import { FILE, INT8_MODELS, type Manifest } from '../shared/manifest.js';
import {
  type BrowserAbilities,
  ENGINES_IN_PAGES,
  type EngineInPages,
  LACKING,
  MAX_THREADS,
  runtimeFileName,
} from '../shared/pageEngines.js';
import type { Device } from '../shared/upload.js';
import { element } from './dom.js';
import { radioGroup } from './radioGroup.js';

export interface ChosenEngine {
  readonly name: string;
  readonly precision: Precision;
  readonly threads: number;
}

export interface EngineChoice {
  readonly engines: HTMLElement;
  readonly precision: HTMLElement;
  /** Undefined where there is nothing to choose. */
  readonly threads: HTMLElement | undefined;
  chosen(): readonly ChosenEngine[];
  onChange(listener: () => void): void;
}

const PRECISIONS = ['fp32', 'int8'] as const satisfies readonly Precision[];
const PRECISION_TEXTS: Readonly<Record<(typeof PRECISIONS)[number], string>> = {
  fp32: 'In 32-bit floats, as the network was trained',
  int8: 'In 8-bit integers: less to load, most often faster, a little less exact',
};

export function engineChoice(
  manifest: Manifest,
  abilities: BrowserAbilities,
  { isolated, logicalProcessors }: Pick<Device, 'isolated' | 'logicalProcessors'>,
): EngineChoice {
  const canRun = ({ needs }: EngineInPages) => needs.every((ability) => abilities[ability]);
  const precision = radioGroup('precision', 'How it computes', PRECISIONS, PRECISION_TEXTS);
  const boxes = ENGINES_IN_PAGES.filter(({ name }) => name in manifest.runtimes).map((engine) => {
    const box = element('input', { type: 'checkbox' });
    const remark = element('small');
    const text = element('span', {}, engine.description, remark);
    const show = () => {
      const reason = whyNot(engine, abilities, precision.value());
      box.disabled = reason !== undefined;
      box.checked &&= !box.disabled;
      remark.textContent = reason ?? `${megabytes(bytesOf(engine, precision.value(), manifest))} to load`;
    };
    return { engine, box, show, label: element('label', { class: 'choice' }, box, text) };
  });
  const usable = () => boxes.filter(({ box }) => !box.disabled);
  const all = element('input', { type: 'checkbox' });
  const showAll = () => {
    const count = usable().filter(({ box }) => box.checked).length;
    all.checked = count > 0 && count === usable().length;
    all.indeterminate = count > 0 && !all.checked;
  };
  const showBoxes = () => {
    for (const { show } of boxes) show();
    const [first] = usable();
    if (first !== undefined && !boxes.some(({ box }) => box.checked)) first.box.checked = true;
    showAll();
  };
  all.addEventListener('change', () => {
    for (const { box } of usable()) box.checked = all.checked;
  });
  for (const { box } of boxes) box.addEventListener('change', showAll);
  precision.root.addEventListener('change', showBoxes);
  showBoxes();
  const most = isolated ? Math.min(logicalProcessors, MAX_THREADS) : 1;
  const threads = most === 1 ? undefined : threadChoice(most);
  return {
    engines: element(
      'fieldset',
      {},
      element('legend', {}, 'What computes'),
      element('label', { class: 'choice' }, all, element('span', {}, 'All that this device can run')),
      ...boxes.filter(({ engine }) => canRun(engine)).map(({ label }) => label),
      ...othersPart(boxes.filter(({ engine }) => !canRun(engine)).map(({ label }) => label)),
    ),
    precision: precision.root,
    threads: threads?.root,
    chosen: () =>
      usable()
        .filter(({ box }) => box.checked)
        .map(({ engine: { name, hasThreads } }) => ({
          name,
          precision: precision.value(),
          threads: hasThreads && threads?.value() === 'many' ? most : 1,
        })),
    onChange: (listener) => {
      for (const root of [precision.root, all, ...boxes.map(({ box }) => box)])
        root.addEventListener('change', listener);
    },
  };
}

/** Engines that no choice on the page makes possible, out of the way. */
function othersPart(labels: readonly HTMLElement[]): HTMLElement[] {
  if (labels.length === 0) return [];
  return [element('details', {}, element('summary', {}, `${labels.length} that this browser cannot run`), ...labels)];
}

/** Why this device cannot run an engine so; undefined if it can. */
function whyNot(engine: EngineInPages, abilities: BrowserAbilities, precision: Precision): string | undefined {
  const lacking = engine.needs.find((ability) => !abilities[ability]);
  if (lacking !== undefined) return LACKING[lacking];
  return engine.precisions.includes(precision) ? undefined : 'computes in 32-bit floats alone';
}

function threadChoice(most: number) {
  const names = ENGINES_IN_PAGES.filter(({ hasThreads }) => hasThreads).map(({ description }) => description);
  return radioGroup(
    'threads',
    `Threads of ${new Intl.ListFormat('en').format(names)}; others have one`,
    ['one', 'many'] as const,
    {
      one: 'One, as on a single core',
      many: `${most}, on as many cores`,
    },
  );
}

/** What goes over the network to a device that has none of it. */
function bytesOf({ name, format, runtime }: EngineInPages, precision: Precision, { files }: Manifest): number {
  const model = precision === 'int8' && (format === 'tflite' || format === 'onnx') ? INT8_MODELS[format] : FILE.weights;
  const ofRuntime = (runtime.builds[0] ?? []).map((file) => runtimeFileName(name, file));
  return [model, FILE.reference, FILE.pairs, ...ofRuntime].reduce((sum, file) => {
    const { compressedBytes, bytes = 0 } = files[file] ?? {};
    return sum + (compressedBytes ?? bytes);
  }, 0);
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
