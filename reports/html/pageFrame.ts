import { createHash } from 'node:crypto';
import { type Content, Markup, markup } from './markup.js';
import { STYLE } from './style.js';

export interface Page {
  readonly title: string;
  /** What the reader wants to know first: when, where, with what, and the one result that matters. */
  readonly lead: readonly Content[];
  /** Ids of the parts, and what the list of them says. */
  readonly links: readonly (readonly [id: string, text: string])[];
  readonly content: Content;
  /** How to read the figures. */
  readonly footer: string;
  /** The one script that the page may run; without it, none may. It must not hold a closing tag. */
  readonly script?: string;
}

/** A self-contained page: no font, no address but `data:`. The same content gives the same bytes. */
export function pageFrame({ title, lead, links, content, footer, script }: Page): string {
  const allowed =
    script === undefined ? '' : ` script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';${new Markup(allowed)} style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header><h1>${title}</h1>
${lead.map((line) => markup`<p class="lead">${line}</p>\n`)}</header>
<nav aria-label="Parts of the report"><ul>${links.map(([id, text]) => markup`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
<main id="main">
${content}</main>
<footer><p>${footer}</p></footer>
${script === undefined ? '' : new Markup(`<script>${script}</script>\n`)}</body>
</html>
`.text;
}

/** A part of the page, which a link leads to. */
export function pageSection(id: string, title: string, content: Content): Markup {
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}</section>\n`;
}
