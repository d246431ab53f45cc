/** Without a child selector or a quote, so that it is the same as text of a page and as a file. */
export const STYLE = `
:root { color-scheme: light dark; --bg: light-dark(#ffffff, #151c26); --ink: light-dark(#141b26, #e8edf4);
  --muted: light-dark(#566373, #9dabbc); --line: light-dark(#e1e6ec, #2a3543); --raised: light-dark(#f7f9fb, #1b2430);
  --accent: light-dark(#0b5fa5, #6db8f5); font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--ink); }
main { max-width: 980px; margin: 0 auto; padding: 28px 20px 60px; }
a { color: var(--accent); }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 34px 0 8px; }
p, li, figcaption { overflow-wrap: anywhere; }
ul { padding-left: 20px; margin: 8px 0; }
.kind, .note, figcaption, footer { color: var(--muted); font-size: 13px; }
.summary li { font-size: 16px; margin: 4px 0; }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
.table:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
caption { text-align: left; }
th, td { padding: 5px 10px; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--raised); font-weight: 600; }
tr:last-child td { border-bottom: 0; }
.figure { text-align: right; white-space: nowrap; }
.unit { display: block; font-weight: 400; color: var(--muted); font-size: 12px; }
.words { min-width: 9em; }
figure { margin: 0; }
figcaption { margin-top: 8px; }
svg { max-width: 100%; height: auto; }
.look { display: none; }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; padding: 0; font-size: 13px; }
.key li { display: flex; align-items: center; gap: 6px; }
pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); border: 1px solid var(--line);
  border-radius: 8px; padding: 12px; font: 12.5px/1.5 ui-monospace, monospace; }
@media screen { table { min-width: 600px; } }
@media screen and (min-width: 760px) { .wide.light { display: block; } }
@media screen and (max-width: 759.98px) { .narrow.light { display: block; } }
@media screen and (min-width: 760px) and (prefers-color-scheme: dark) { .wide.light { display: none; } .wide.dark { display: block; } }
@media screen and (max-width: 759.98px) and (prefers-color-scheme: dark) { .narrow.light { display: none; } .narrow.dark { display: block; } }
@media print {
  :root { color-scheme: light; font-size: 11px; }
  main { max-width: none; padding: 0; }
  .wide.light { display: block; }
  .table { overflow: visible; border: 0; }
  table { font-size: 10px; }
  th, td { padding: 3px 6px; }
  td.note, .unit { font-size: 9px; }
  thead { display: table-header-group; }
  tr, figure, h2 { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
