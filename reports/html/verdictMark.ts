import { type Content, markup } from './markup.js';

/** Each verdict has its own sign, for readers who cannot tell the colours apart. */
export function verdictMark(verdict: string | null): Content {
  switch (verdict) {
    case null:
      return 'no verdict';
    case 'faster':
    case 'higher':
      return markup`<b class="good"><span aria-hidden="true">▲</span> ${verdict}</b>`;
    case 'slower':
    case 'lower':
      return markup`<b class="bad"><span aria-hidden="true">▼</span> ${verdict}</b>`;
    default:
      return verdict;
  }
}
