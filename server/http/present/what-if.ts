import { amountText } from '../../domain/money.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { CustomerChange, LineChange, Paper } from '../../sync/what-if/compare.ts';
import type { WhatIf } from '../../sync/what-if/what-if.ts';
import type { WhatIfLine, WhatIfPaper, WhatIfRow, WhatIfView } from '../views/what-if.ts';
import { moneyView } from './money.ts';

/** So many customers of a month are shown, those with the largest difference first. */
export const whatIfRowsMax = 50;
/** So many of a customer's lines. */
const linesMax = 10;

export function whatIfView(world: PlanWorld, { months, ready, more }: WhatIf): WhatIfView {
  const view = ({ orders, changes }: { orders: number; changes: readonly CustomerChange[] }) => ({
    orders,
    changed: changes.length,
    rows: changes
      .toSorted((a, b) => size(b) - size(a) || b.lines.length - a.lines.length)
      .slice(0, whatIfRowsMax)
      .map((one) => rowView(world, one)),
  });
  return {
    months: months.map((one) => ({ month: one.month, ...view(one) })),
    ready: view(ready),
    more: more.map(moneyView),
  };
}

/** A number to sort by alone; no amount is made from it. */
const size = ({ more }: CustomerChange): number => Math.abs(Number(more.amountMinor));

const rowView = (world: PlanWorld, change: CustomerChange): WhatIfRow => ({
  customerName: world.customer(change.customerId)?.name ?? change.customerId,
  before: change.before.map(paperView),
  after: change.after.map(paperView),
  lineCount: new Set(change.lines.map(({ text, orderNumber }) => `${orderNumber} ${text}`)).size,
  lines: change.lines.slice(0, linesMax).map((line) => lineView(change.currency, line)),
});

const paperView = ({ kind, date, postAs, lines, added }: Paper): WhatIfPaper => ({
  kind,
  date,
  postAs,
  lines,
  amount: moneyView(added),
});

function lineView(currency: string, { text, orderNumber, field, was, is }: LineChange): WhatIfLine {
  const isMoney = field === 'amount' || field === 'billed';
  const shown = (minor: string | null): string | null =>
    minor === null || !isMoney ? minor : amountText({ amountMinor: BigInt(minor), currency });
  return {
    text,
    orderNumber,
    field,
    was: shown(was),
    is: shown(is),
    currency: isMoney ? currency : null,
  };
}
