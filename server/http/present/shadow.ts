import { add } from '../../domain/decimal.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import { needCodes } from '../../domain/task.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { ShadowCustomer, ShadowHand, ShadowRow } from '../../sync/shadow/shadow.ts';
import type { ShadowCustomerView, ShadowRowView } from '../views/shadow.ts';
import { moneyView } from './money.ts';

interface Shown {
  world: PlanWorld;
  connector: Connector;
}

export const shadowCustomerView = (
  world: PlanWorld,
  { ours, theirs, difference, ...customer }: ShadowCustomer,
): ShadowCustomerView => ({
  ...customer,
  name: world.customer(customer.customerId)?.name ?? customer.customerId,
  ours: ours.map(moneyView),
  theirs: theirs.map(moneyView),
  difference: difference.map(moneyView),
});

export function shadowRowView(shown: Shown, row: ShadowRow, index: number): ShadowRowView {
  const { verdict, name, ours, theirs, difference } = row;
  const waiting = new Set(ours.flatMap(({ waits }) => waits));
  return {
    id: String(index),
    verdict,
    name,
    ours:
      ours.length === 0
        ? null
        : {
            quantity: quantityOf(ours),
            amount: moneyView(row.oursAmount),
            orders: [...new Set(ours.map(({ orderNumber }) => orderNumber))],
          },
    theirs:
      theirs.length === 0
        ? null
        : {
            quantity: quantityOf(theirs),
            amount: moneyView(row.theirsAmount),
            orders: [],
            lines: theirs.map((line) => lineView(shown, line)),
          },
    difference: moneyView(difference),
    waits: needCodes.filter((code) => waiting.has(code)),
  };
}

const quantityOf = (lines: readonly { quantity: string }[]): string =>
  lines.reduce((all, { quantity }) => add(all, quantity), '0');

const lineView = ({ world, connector }: Shown, line: ShadowHand) => ({
  text: line.description,
  number: line.number,
  date: line.date,
  url: connector.documentUrl(world.connection.account, { id: line.documentId, kind: 'invoice' }),
  amount: moneyView(line.amount),
});
