/** The page's only style sheet. Text has a contrast of at least 4.5 against its background, lines of at least 3. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1b1f24; --quiet: #57606a; --rule: #d0d7de; --grid: #e6eaee; --tint: #f6f8fa;
  --link: #0b57b5; --good: #116329; --bad: #b3261e;
  --c0: #1f5fa8; --c1: #b8450b; --c2: #1a7f4b; --c3: #8a3fa0; --c4: #846500;
  --c5: #0a7580; --c6: #b3225e; --c7: #5c5f66; --c8: #6b4b2a; --c9: #3f3fbf;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --text: #e4e8ec; --quiet: #9aa5b1; --rule: #3a424c; --grid: #262c33; --tint: #1c2126;
    --link: #79b8ff; --good: #6fd08c; --bad: #ff938a;
    --c0: #6cb0f5; --c1: #f2955c; --c2: #5fcf92; --c3: #cf96e0; --c4: #d9bb45;
    --c5: #4fc9d6; --c6: #f283ae; --c7: #a9adb5; --c8: #c9a07a; --c9: #a3a3ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: break-word;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
header, main, nav, footer { max-width: 58rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 2rem 0 0.25rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 0.75rem; padding-top: 0.75rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
p, ul, dl { max-width: 44rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, button:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--ground); padding: 0.25rem 0.5rem; }
nav ul { max-width: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; margin: 0.75rem 0; }
.lead b { color: var(--text); } .lead, .quiet, figcaption, small { color: var(--quiet); }
figcaption, small { font-size: 0.875rem; }
figcaption { max-width: 44rem; }
.note { border-left: 4px solid var(--rule); padding-left: 0.75rem; color: var(--quiet); }
.warnings h3 { margin-top: 0.75rem; } .warnings h4 { margin: 0.75rem 0 0; } .warnings ul { margin: 0.25rem 0 0.75rem; padding-left: 1.25rem; max-width: none; }
.warnings { border: 1px solid var(--rule); border-left: 4px solid var(--c1); background: var(--tint); padding: 0.25rem 1rem; margin: 1rem 0; }
.good { color: var(--good); } .bad { color: var(--bad); }
dl.statements dt { font-weight: 600; margin-top: 0.75rem; } dl.statements dd { margin: 0; }
figure { margin: 0 0 1.5rem; }
.scroll { overflow-x: auto; max-width: 100%; position: relative; }
svg { display: block; width: 100%; height: auto; }
.chart svg { min-width: 43rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 0 1rem; }
.pair figure { min-width: 0; }
.pair .chart svg { min-width: 20rem; }
svg text { fill: var(--text); font-size: 13px; font-family: inherit; }
svg .tick { fill: var(--quiet); font-size: 12px; }
svg .title { fill: var(--quiet); font-size: 12px; }
svg .panel { font-weight: 600; }
svg .number { font-weight: 700; font-size: 13px; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.grid { stroke: var(--grid); } .axis { stroke: var(--quiet); } .chance { stroke: var(--quiet); stroke-dasharray: 2 4; fill: none; }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.band { stroke: none; fill-opacity: 0.2; }
.late { fill: none; stroke: var(--text); stroke-dasharray: 4 3; }
.pause { fill: var(--bad); fill-opacity: 0.25; }
.collection { fill: var(--bad); }
.interval { fill: none; stroke: var(--text); stroke-width: 1.5; }
.bar { fill-opacity: 0.55; stroke-width: 1; }
.front { fill: none; stroke: var(--good); stroke-width: 2; stroke-dasharray: 6 3; }
.system { fill: var(--ground); stroke: var(--quiet); stroke-width: 2; } .system.best { fill: var(--good); stroke: var(--good); }
.system.pointed { stroke: var(--text); stroke-width: 4; } .filtered { opacity: 0.15; } svg .number[data-system] { font-size: 14px; }
tr.pointed > *, li.pointed { background: var(--tint); }
.chosen { fill: var(--ground); stroke-width: 2.5; }
${Array.from({ length: 10 }, (_, colour) => `.line.run-${colour}, .chosen.run-${colour} { stroke: var(--c${colour}); } .band.run-${colour} { fill: var(--c${colour}); } .bar.run-${colour} { fill: var(--c${colour}); stroke: var(--c${colour}); } svg .number.run-${colour} { fill: var(--c${colour}); }`).join('\n')}
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; list-style: none; padding: 0; margin: 0.25rem 0; font-size: 0.875rem; max-width: none; }
.key { display: inline-block; width: 34px; height: 10px; }
table.speed { width: 100%; } table.speed td:nth-child(2) { width: 45%; min-width: 6rem; padding-left: 0; padding-right: 0.9rem; }
table.speed .ends { display: flex; font-weight: 400; color: var(--quiet); }
table.speed .ends span { flex: 1; text-align: center; } table.speed .ends span:first-child { text-align: left; } table.speed .ends span:last-child { text-align: right; }
svg.speed { height: 1.25rem; } svg.speed path { vector-effect: non-scaling-stroke; fill: none; }
svg.speed .one { stroke: var(--quiet); stroke-dasharray: 3 3; } svg.speed .value { stroke: var(--text); stroke-width: 2; }
svg.speed .good { fill: var(--good); } svg.speed .bad { fill: var(--bad); } svg.speed .quiet { fill: var(--quiet); }
svg.speed rect { fill-opacity: 0.45; }
.controls:not([hidden]) { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; font-size: 0.875rem; margin: 0.75rem 0; }
input, button { font: inherit; color: inherit; }
input[type=search] { background: var(--ground); border: 1px solid var(--quiet); border-radius: 4px; padding: 0.25rem 0.5rem; }
input[type=checkbox] { accent-color: var(--link); }
th button { background: none; border: 0; padding: 0; text-align: inherit; cursor: pointer; color: var(--link); font-weight: 600; }
th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
table { border-collapse: collapse; font-size: 0.875rem; margin: 0.5rem 0; }
caption { text-align: left; color: var(--quiet); padding-bottom: 0.25rem; }
th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
tbody th { font-weight: 400; }
tbody + tbody tr:first-child > * { border-top: 2px solid var(--rule); }
.figures td, .figures th { white-space: nowrap; } .figures th.name { white-space: normal; min-width: 8rem; overflow-wrap: anywhere; }
table small { font-size: inherit; font-weight: 400; } .pairs td { white-space: nowrap; }
thead th { border-bottom: 2px solid var(--rule); vertical-align: bottom; }
.pairs img { border-radius: 3px; }
summary { cursor: pointer; font-size: 0.875rem; color: var(--link); padding: 0.25rem 0; }
dl:not(.statements) { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 1rem; font-size: 0.875rem; }
dl:not(.statements) dt { color: var(--quiet); } dl:not(.statements) dd { margin: 0; }
footer { margin-top: 3rem; padding-bottom: 3rem; font-size: 0.875rem; color: var(--quiet); }
/* A chart is drawn for a width of 880: on a narrow screen it shrinks, and what is written in it grows. */
@media screen and (max-width: 46rem) {
  .chart svg, .pair .chart svg { min-width: 0; }
  figure > .chart { padding-left: 1.75rem; }
  figure > .chart > svg { overflow: visible; }
  figure:not(.pair figure) > .chart > svg { margin: 0.4rem 0 0.6rem; }
  figure:not(.pair figure) > .chart > svg .tick.below { transform: translateY(8px); }
  figure:not(.pair figure) > .chart > svg .title.below { transform: translateY(20px); }
  figure:not(.pair figure) > .chart > svg .title.above { transform: translateY(-8px); }
  figure:not(.pair figure) > .chart > svg .panel { transform: translateY(-16px); }
  figure:not(.pair figure) > .chart > svg :is(text, .tick, .title, .number) { font-size: 25px; }
  figure > .chart > svg text.number[data-system] { font-size: 19px; }
  circle.system { r: 10px; }
  .figures td, .figures th { white-space: normal; padding-right: 0.3rem; font-size: 0.74rem; }
  .figures th.name { min-width: 5rem; } .sortable th.name { min-width: 6.25rem; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; }
  nav, .skip, .controls:not([hidden]) { display: none; }
  header, main, footer { max-width: none; padding: 0; }
  table { font-size: 8.5pt; } .pairs td { white-space: normal; } .legend { break-after: avoid; }
  .scroll { overflow: visible; }
  .chart svg, .pair .chart svg { min-width: 0; }
  .pair { grid-template-columns: 1fr 1fr; }
  h2, h3, h4, caption { break-after: avoid; }
  svg, tr, .warnings { break-inside: avoid; }
  details:not([open]) { display: none; }
}
`;
