/**
 * A page's only script: it sorts and filters the rows of tables with the class `sortable`, and shows which mark in a chart
 * is which row. A page says everything without it.
 *
 * Head: an element with `data-order`, the order that the first click gives, becomes a button. Body: `data-sort` is what a
 * cell is sorted by; a cell without it comes last in either order. `data-system` joins a row and its marks.
 * Controls: an element with `data-filters` and the id of the table, shown by the script; its check boxes have `data-keep`,
 * the attribute of the rows that they keep.
 */
export const TABLE_SCRIPT = `'use strict';
for (const table of document.querySelectorAll('table.sortable')) {
  const bodies = [...table.tBodies];
  const rowsOf = (body) => [...body.rows].filter((row) => row.dataset.system !== undefined);
  const rows = bodies.flatMap(rowsOf);

  const compare = (column, sign) => (one, other) => {
    const [a, b] = [one, other].map((row) => row.cells[column].dataset.sort);
    if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
    const difference = Number.isNaN(Number(a)) || Number.isNaN(Number(b)) ? a.localeCompare(b, 'en') : a - b;
    return sign * difference;
  };
  for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
    const text = head.querySelector('[data-order]');
    if (text === null) continue;
    const first = text.dataset.order;
    const second = first === 'ascending' ? 'descending' : 'ascending';
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...text.childNodes);
    text.replaceWith(button);
    button.addEventListener('click', () => {
      const order = head.getAttribute('aria-sort') === first ? second : first;
      for (const each of table.tHead.rows[0].cells) each.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', order);
      for (const body of bodies) body.append(...rowsOf(body).sort(compare(column, order === 'ascending' ? 1 : -1)));
    });
  }

  const controls = document.querySelector('[data-filters="' + table.id + '"]');
  if (controls === null) continue;
  const [words, status] = [controls.querySelector('[type=search]'), controls.querySelector('[role=status]')];
  const boxes = [...controls.querySelectorAll('[data-keep]')];
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const isKept = boxes.every((box) => !box.checked || row.hasAttribute(box.dataset.keep));
      row.hidden = !isKept || !wanted.every((word) => text.includes(word));
      for (const mark of document.querySelectorAll('figure [data-system="' + row.dataset.system + '"]'))
        mark.classList.toggle('filtered', row.hidden);
    }
    for (const body of bodies) body.hidden = rowsOf(body).every((row) => row.hidden);
    status.textContent = rows.filter((row) => !row.hidden).length + ' of ' + rows.length + ' systems';
  };
  controls.addEventListener('input', filter);
  controls.hidden = false;
  filter();
}
const point = ({ type, target }) => {
  const system = target.closest('[data-system]')?.dataset.system;
  if (system === undefined) return;
  for (const each of document.querySelectorAll('[data-system="' + system + '"]'))
    each.classList.toggle('pointed', type === 'pointerover');
};
document.addEventListener('pointerover', point);
document.addEventListener('pointerout', point);
`;
