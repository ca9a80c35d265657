import { ownKey } from '../../domain/ids.ts';
import { amountText, type Money } from '../../domain/money.ts';
import { type Month, type MonthClosing, monthOf } from '../../domain/month.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { taskIdOf } from '../../sync/check/tasks.ts';
import { blockersOf, closingOf, isBlocked, isExplained, isOver } from '../../sync/month/close.ts';
import type { CustomerCost } from '../../sync/month/costs.ts';
import type { Difference } from '../../sync/month/differences.ts';
import type { Figures, NamedSum, Statement } from '../../sync/month/statement.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type {
  MonthChangeView,
  MonthCostView,
  MonthDifferenceView,
  MonthFiguresView,
  MonthStatementView,
  MonthView,
} from '../views/months.ts';
import { moneyView, nameOf, totalsView } from './money.ts';

export interface MonthShown {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
}

/** Everything of a month but its rows. */
export type MonthHead = Omit<
  MonthStatementView,
  'rows' | 'papers' | 'tenant' | 'system' | 'account' | 'today'
>;

export function monthHead({ reader, world }: MonthShown, statement: Statement): MonthHead {
  const { month, figures, papers, costs, seen } = statement;
  const blockers = blockersOf(reader, world, month);
  const drafts = papers.filter(({ snapshot: { document } }) =>
    ['draft', 'submitted'].includes(document.state),
  );
  const closing = closingOf(reader, world, month);
  return {
    month,
    isOver: isOver(world, month),
    figures: figures.map(figuresView),
    documents: {
      count: papers.length,
      drafts: drafts.length,
      draftMoney: totalsView(drafts.map(({ net }) => net)),
    },
    costs: costs.map((one) => costView(world, one)),
    costsTotal: costs.length,
    blockers,
    canClose:
      closing === null && isOver(world, month) && !isBlocked(blockers) && isExplained(statement),
    closed:
      closing === null
        ? null
        : { by: nameOf(closing.by), at: closing.at, changes: changesSince(closing, figures) },
    seen,
  };
}

const sumView = ({ name, amount, count }: NamedSum) => ({
  name,
  amount: amountText(amount),
  count,
});

const figuresView = (of: Figures): MonthFiguresView => ({
  currency: of.currency,
  charged: amountText(of.charged),
  own: amountText(of.own),
  differences: of.differences.map(sumView),
  documents: amountText(of.documents),
  unexplained: amountText(of.unexplained),
  taxTold: amountText(of.taxTold),
  taxDifferences: of.taxDifferences.map(sumView),
  tax: amountText(of.tax),
  cost: amountText(of.cost),
  costUnbilled: amountText(of.costUnbilled),
  left: amountText(of.left),
  costUnknown: of.costUnknown,
});

const costView = (world: PlanWorld, of: CustomerCost): MonthCostView => ({
  customerId: of.customerId,
  customerName: world.customer(of.customerId)?.name ?? of.customerId,
  cost: moneyView(of.cost),
  unbilled: moneyView(of.unbilled),
  billed: moneyView(of.billed),
  left: moneyView(of.left),
  unknown: of.unknown,
});

/** A closed month stays closed, and says so where its figures moved all the same. */
function changesSince({ figures }: MonthClosing, now: readonly Figures[]): MonthChangeView[] {
  return figures.flatMap((closed) => {
    const current = now.find(({ currency }) => currency === closed.currency);
    return (['charged', 'own', 'documents', 'tax'] as const).flatMap((figure) => {
      const was = closed[figure];
      const is: Money = current?.[figure] ?? { ...was, amountMinor: 0n };
      return is.amountMinor === was.amountMinor
        ? []
        : [{ figure, was: moneyView(was), is: moneyView(is) }];
    });
  });
}

/** The months there is anything of, newest first; this one always. */
export function monthsOf({ reader, world }: MonthShown): MonthView['months'] {
  const { connection } = world;
  const months = new Set<Month>([monthOf(world.today)]);
  for (const { placedOn } of reader.list('order')) months.add(monthOf(placedOn));
  for (const { connectionId, ours, document } of reader.list('snapshot'))
    if (connectionId === connection.id && ours && document.date !== null)
      months.add(monthOf(document.date));
  return [...months]
    .sort()
    .reverse()
    .map((month) => ({
      month,
      closed: reader.get('monthClosing', ownKey(connection.id, month)) !== null,
    }));
}

export function differenceView(
  { reader, world, connector }: MonthShown,
  difference: Difference,
): MonthDifferenceView {
  const { name, reason, chargeKey, orderId, customerId, documentId, text, amount } = difference;
  const document = documentId === null ? null : (world.snapshot(documentId)?.document ?? null);
  const taskId = orderId === null ? null : taskIdOf(world.crypto, world.connection.id, orderId);
  const owner = customerId ?? ownerOf(reader, world, document?.companyId ?? null);
  return {
    id: [name, chargeKey ?? '', documentId ?? '', text, amountText(amount)].join('|'),
    name,
    reason,
    customerName: owner === null ? '' : (world.customer(owner)?.name ?? owner),
    text,
    orderNumber: orderId === null ? null : (reader.get('order', orderId)?.number ?? orderId),
    taskId: taskId !== null && reader.get('task', taskId) !== null ? taskId : null,
    amount: moneyView(amount),
    document:
      document === null
        ? null
        : {
            number: document.number ?? document.reference,
            url: connector.documentUrl(world.connection.account, document),
          },
  };
}

/** The customer whose company it is; null where several or none are mapped to it. */
function ownerOf(reader: Reader, { connection }: PlanWorld, companyId: string | null) {
  const owners = reader
    .list('customerMapping')
    .filter((one) => one.connectionId === connection.id && one.targetId === companyId);
  return owners.length === 1 ? (owners[0]?.customerId ?? null) : null;
}

export const paperViews = (
  { reader, world }: MonthShown,
  { papers }: Statement,
): MonthStatementView['papers'] =>
  papers.map(({ snapshot: { document }, net, tax, total }) => {
    const owner = ownerOf(reader, world, document.companyId);
    return {
      number: document.number ?? document.reference,
      kind: document.kind,
      date: document.date ?? '',
      state: document.state,
      customerName:
        (owner === null ? null : world.customer(owner)?.name) ??
        world.company(document.companyId)?.name ??
        '',
      net: moneyView(net),
      tax: moneyView(tax),
      total: moneyView(total),
    };
  });
