import type { View } from '../../api.ts';
import { day, instant, money, monthName, plural, say } from '../../i18n.ts';
import { monthTexts as texts } from '../../texts/en-month.ts';
import { sayWith } from '../../texts/words.ts';
import { costWords, hasCosts, partsOf, reasonOf } from './parts.ts';

/**
 * The month as a page of its own that any browser prints or makes a PDF of: a frame may not print, and
 * an accountant may not be a user. All figures are on the first sheet; what they are made of follows.
 */
export function statementPage(of: View.MonthStatementView): string {
  const title = say(texts.statement, { month: monthName(of.month) });
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${safe(title)}</title><style>${style}</style></head><body>`,
    `<h1>${safe(title)}</h1>`,
    `<p>${safe(say(texts.of, { tenant: of.tenant, system: of.system, account: of.account }))}</p>`,
    `<p>${safe(standing(of))} ${safe(say(texts.made, { date: day(of.today) }))}</p>`,
    ...drafts(of.documents),
    ...of.figures.map(figures),
    '<div class="annex">',
    of.rows.length === 0 ? '' : differences(of.rows),
    of.costs.length === 0 ? '' : costs(of.costs),
    papers(of.papers),
    '</div></body></html>',
  ].join('\n');
}

const standing = ({ closed }: View.MonthStatementView): string =>
  closed === null
    ? texts.openMonth
    : say(texts.closedBy, { name: closed.by, time: instant(closed.at) });

const drafts = ({ drafts: count, draftMoney }: View.MonthStatementView['documents']): string[] =>
  count === 0
    ? []
    : [`<p>${safe([plural(texts.drafts, count), ...draftMoney.map(money)].join(' '))}</p>`];

const figures = (of: View.MonthFiguresView): string => {
  const { currency } = of;
  return table(
    sayWith(texts.proof, { currency }),
    [texts.part, texts.count, texts.amount],
    partsOf(of).map(({ text, count, amount }) => [
      text,
      count === null ? '' : String(count),
      money({ amount, currency }),
    ]),
    [sayWith(texts.basis), ...(hasCosts(of) ? costWords(of) : [])].join(' '),
  );
};

const differences = (rows: readonly View.MonthDifferenceView[]): string =>
  table(
    texts.differences,
    [texts.what, texts.customer, texts.document, texts.amount],
    rows.map((row) => [
      [sayWith(texts.names[row.name]), row.text, reasonOf(row)].filter(Boolean).join(': '),
      row.customerName,
      row.document?.number ?? '',
      money(row.amount),
    ]),
  );

const costs = (rows: View.MonthStatementView['costs']): string =>
  table(
    texts.costs,
    [texts.customer, texts.cost, texts.billed, texts.left],
    rows.map((row) => [row.customerName, money(row.cost), money(row.billed), money(row.left)]),
  );

const papers = (rows: View.MonthStatementView['papers']): string =>
  table(
    texts.papers,
    [
      texts.document,
      texts.date,
      texts.customer,
      texts.state,
      texts.net,
      texts.taxShort,
      texts.total,
    ],
    rows.map((row) => [
      row.number,
      day(row.date),
      row.customerName,
      texts.states[row.state],
      money(row.net),
      money(row.tax),
      money(row.total),
    ]),
  );

const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  note = '',
): string =>
  [
    `<table><caption>${safe(caption)}</caption><thead><tr>`,
    ...heads.map((head) => `<th scope="col">${safe(head)}</th>`),
    '</tr></thead><tbody>',
    ...rows.map((row) => `<tr>${row.map((cell) => `<td>${safe(cell)}</td>`).join('')}</tr>`),
    `</tbody></table>${note && `<p>${safe(note)}</p>`}`,
  ].join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

const style = `
body { font: 11pt/1.4 system-ui, sans-serif; margin: 2rem auto; max-inline-size: 60rem; color: #111; background: #fff; }
table { border-collapse: collapse; inline-size: 100%; margin-block: 1.5rem .5rem; }
caption { text-align: start; font-weight: 650; padding-block: .5rem; }
th, td { text-align: start; padding: .3rem .5rem; border-block-end: 1px solid #ccc; vertical-align: top; }
th:last-child, td:last-child { text-align: end; white-space: nowrap; }
.annex { break-before: page; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print {
  body { font-size: 9pt; margin: 0; max-inline-size: none; }
  h1 { font-size: 14pt; margin-block: 0; }
  table { margin-block: .6rem .2rem; } th, td { padding: .15rem .4rem; }
}
@page { margin: 12mm; }`;
