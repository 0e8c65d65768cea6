import { type Drawing, drawingSvg } from './axes.js';
import { type Content, type Markup, markup } from './markup.js';

export interface DataTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly Content[])[];
  /** Set if cells hold sentences; other cells stay on one line. */
  readonly hasSentences?: true;
}

export interface Chart {
  readonly id: string;
  /** One, or one for each run. */
  readonly drawings: readonly Drawing[];
  /** Stands below the chart and says how to read it. */
  readonly caption: Content;
  readonly data: DataTable;
}

/** A chart, its caption, and its numbers as a table for those who prefer to read them. */
export function chartFigure({ id, drawings, caption, data }: Chart, legend?: Markup): Markup {
  return markup`<figure id="${id}">
${legend}<div class="scroll chart" role="group" tabindex="0" aria-label="Chart: ${data.caption}">${drawings.map(drawingSvg)}</div>
<figcaption>${caption}</figcaption>
<details><summary>Numbers of this chart: ${data.caption}</summary>
${dataTable(data)}
</details>
</figure>
`;
}

export function dataTable({ caption, head, rows, hasSentences }: DataTable): Markup {
  const body = rows.map(([name, ...cells]) => {
    const rest = cells.map((cell) => markup`<td>${cell}</td>`);
    return markup`<tr><th scope="row">${name}</th>${rest}</tr>\n`;
  });
  return tableFrame(caption, head, markup`<tbody>\n${body}</tbody>`, hasSentences ? 'sentences' : 'figures');
}

/** A table that scrolls on its own on a narrow page. */
export function tableFrame(
  caption: string,
  head: readonly Content[],
  bodies: Markup,
  style: string,
  id?: string,
): Markup {
  const named = id === undefined ? '' : markup` id="${id}"`;
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="Table: ${caption}"><table${named} class="${style}">
<caption>${caption}</caption>
<thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
${bodies}</table></div>`;
}
