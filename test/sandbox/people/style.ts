/** The bookkeeper's page in both colour schemes, from 360 px up. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(oklch(97.5% 0.006 230), oklch(20% 0.015 240));
  --sheet: light-dark(oklch(100% 0 0), oklch(25% 0.017 240));
  --ink: light-dark(oklch(26% 0.03 245), oklch(94% 0.01 230));
  --quiet: light-dark(oklch(46% 0.03 240), oklch(76% 0.02 235));
  --line: light-dark(oklch(88% 0.012 235), oklch(36% 0.02 240));
  --accent: light-dark(oklch(48% 0.12 235), oklch(78% 0.11 225));
  --on-accent: light-dark(oklch(100% 0 0), oklch(20% 0.03 240));
  --bad: light-dark(oklch(48% 0.17 25), oklch(80% 0.12 25));
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--ground); color: var(--ink); }
.bar { background: var(--sheet); border-block-end: 1px solid var(--line); padding-inline: 1rem; }
.bar > div { max-inline-size: 72rem; margin-inline: auto; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; padding-block: .5rem; }
.bar strong { font-size: 1.05rem; }
.bar nav { display: flex; flex-wrap: wrap; gap: .25rem; }
.bar nav a { padding: .55rem .8rem; border-radius: .5rem; text-decoration: none; min-block-size: 44px; display: inline-flex; align-items: center; }
.bar nav a[aria-current] { background: color-mix(in oklch, var(--accent) 14%, transparent); font-weight: 600; }
main { max-inline-size: 72rem; margin: 1.5rem auto; padding-inline: 1rem; }
main.narrow { max-inline-size: 34rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--accent); }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin-block-end: 1rem; }
.scroll { overflow-x: auto; padding: 0; }
.scroll:focus-visible { outline: 3px solid var(--accent); }
table { border-collapse: collapse; inline-size: 100%; }
th, td { padding: .6rem .8rem; text-align: start; border-block-end: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > * { border-block-end: 0; }
th { font-size: .85rem; color: var(--quiet); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.text { min-inline-size: 14rem; white-space: pre-wrap; overflow-wrap: anywhere; }
tfoot td { font-weight: 600; border-block-end: 0; }
.status { font-size: .8rem; font-weight: 600; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .6rem; white-space: nowrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem 1.5rem; margin-block-start: 0; }
.facts dt { font-size: .85rem; color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin-block: 1rem; }
.row form { display: contents; }
button, input, select, textarea { font: inherit; min-block-size: 44px; border-radius: .5rem; border: 1px solid var(--quiet); background: var(--sheet); color: inherit; padding: .4rem .8rem; max-inline-size: 100%; }
button { cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
:is(button, a, input, select, textarea, summary):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label.field { display: grid; gap: .2rem; font-size: .85rem; color: var(--quiet); }
label.field :is(input, select, textarea) { color: var(--ink); font-size: 1rem; }
label.field.wide { flex: 1 1 14rem; }
label.field.wide :is(input, textarea) { inline-size: 100%; }
label.field.small input { inline-size: 8rem; }
.choice { display: flex; gap: .75rem; align-items: center; min-block-size: 44px; }
.choice input { min-block-size: 0; inline-size: 1.2rem; block-size: 1.2rem; accent-color: var(--accent); }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; }
legend, .quiet, small { color: var(--quiet); }
legend { font-weight: 600; padding: 0; }
details.card { padding-block: .25rem; margin-block-end: .5rem; }
details > summary::before { content: '+'; inline-size: 1.25rem; flex: none; }
details[open] > summary::before { content: '\\2212'; }
details > summary { cursor: pointer; min-block-size: 44px; display: flex; align-items: center; color: var(--accent); }
.problem { border-inline-start: 4px solid var(--bad); color: var(--bad); }
@media (max-width: 40rem) {
  .stack thead { display: none; }
  .stack tr { display: grid; padding-block: .5rem; border-block-end: 1px solid var(--line); }
  .stack tbody tr:last-child, .stack tfoot tr { border-block-end: 0; }
  .stack :is(td, td.number, td.text) { border: 0; padding: .15rem .8rem; text-align: start; white-space: normal; min-inline-size: 0; }
  .stack td.text { white-space: pre-wrap; font-weight: 600; }
  .stack td[data-name]::before { content: attr(data-name) ': '; color: var(--quiet); font-weight: 400; }
  .stack td:empty { display: none; }
  .stack tfoot { border-block-start: 1px solid var(--line); display: block; }
  .stack tbody, .stack { display: block; }
  .stack tfoot tr { grid-template-columns: 1fr auto; padding-block: .15rem; }
}
`;
