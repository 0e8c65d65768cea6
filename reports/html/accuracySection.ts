import { printable } from '../../base/text.js';
import type { RunRecord } from '../figures/runRecord.js';
import { chartFigure } from './chartFigure.js';
import { detChart, type RunAccuracy, rocChart } from './errorCurveCharts.js';
import { type Markup, markup } from './markup.js';
import { type Faces, misjudgedTable } from './misjudgedPairs.js';
import { pageSection } from './pageFrame.js';
import type { JudgedDataset, ReportData } from './reportData.js';
import { legend, runTitle } from './runMarks.js';

/** Empty if no run has an accuracy. `faces` is parallel to the data's `datasets`. */
export function accuracySection(
  { comparison: { runs }, charts, datasets }: ReportData,
  faces: readonly Faces[],
): Markup[] {
  const parts = datasets.map((dataset, index) => datasetPart(`accuracy-${index}`, dataset, faces[index], runs));
  const without = charts.flatMap(({ withoutAnswers }, run) =>
    withoutAnswers.map(({ scenario, reason }) => `${runTitle(runs, run)}, ${scenario}: ${reason}. `),
  );
  const note =
    without.length === 0 ? [] : [markup`<p class="note">No curves, and no pairs decided wrongly, of ${without}</p>\n`];
  if (parts.length + note.length === 0) return [];
  return [pageSection('accuracy', 'Accuracy', [parts, note])];
}

function datasetPart(
  id: string,
  { name, sha256, accuracies }: JudgedDataset,
  faces: Faces | undefined,
  runs: readonly RunRecord[],
): Markup {
  const title = `${printable(name ?? 'unnamed data', 60)}, ${pairCount(accuracies)} pairs`;
  const digest =
    sha256 === undefined ? 'The log has no digest of the data.' : `Digest of the data: ${sha256.slice(0, 12)}.`;
  return markup`<h3 id="${id}">${title}</h3>
<p>${digest} A pair is taken for one person where the angle between its faces is below the threshold.</p>
${curves(id, accuracies, runs)}<h4 id="${id}-pairs">Pairs decided wrongly</h4>
${misjudgedTable({ accuracies, faces: faces ?? { missing: 'The faces were not looked for.' } })}`;
}

function pairCount(accuracies: readonly RunAccuracy[]): string {
  return Math.max(...accuracies.map(({ judged }) => judged.pairs.length)).toLocaleString('en-US');
}

function curves(id: string, accuracies: readonly RunAccuracy[], runs: readonly RunRecord[]): Markup {
  const drawn = accuracies.filter(({ judged }) => judged.curve !== undefined);
  const without = accuracies
    .filter(({ judged }) => judged.curve === undefined)
    .map(({ run, judged }) => {
      const reason = judged.result.remarks.join('; ') || 'a response gives no angle';
      return `No curve of ${runTitle(runs, run)}: ${reason}. `;
    });
  const note = without.length === 0 ? '' : markup`<p class="note">${without}</p>\n`;
  if (drawn.length === 0) return markup`${note}`;
  const ofRuns = legend(runs, [...new Set(drawn.map(({ run }) => run))]);
  return markup`${note}${ofRuns}<div class="pair">
${chartFigure(rocChart(`${id}-roc`, drawn))}${chartFigure(detChart(`${id}-det`, drawn))}</div>
`;
}
