import type { Document } from '../../domain/document.ts';
import type { Plan, PlanLine } from '../../domain/plan.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { withoutLineMark } from '../../sync/markers.ts';
import { canGrow } from '../../sync/plan/destination.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { added } from '../../sync/settle.ts';
import type { PlanLineView, PlanView } from '../views/plans.ts';
import { moneyView } from './money.ts';
import { needView } from './need.ts';

/** A document this many times a customer's last month is worth a second look. */
const unusualTimes = 2n;

interface Shown {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
  lastMonthMinor(customerId: string, currency: string): bigint | null;
}

export function planView(
  { reader, world, connector, lastMonthMinor }: Shown,
  plan: Plan,
): PlanView {
  const mapping = world.customerMapping(plan.customerId);
  const company = mapping?.targetId == null ? null : world.company(mapping.targetId);
  const snapshot = plan.target.kind === 'existing' ? world.snapshot(plan.target.documentId) : null;
  const document = snapshot?.document ?? null;
  return {
    ref: plan.ref,
    fingerprint: plan.fingerprint,
    customerId: plan.customerId,
    customerName: world.customer(plan.customerId)?.name ?? plan.customerId,
    companyName: company?.name ?? null,
    documentKind: plan.documentKind,
    target: targetOf(world, connector, plan, document),
    choices:
      company === null
        ? []
        : world
            .documentsOf(company.id)
            .filter((one) => canGrow(one) && one.document.currency === plan.after.currency)
            .map((one) => ({
              id: one.document.id,
              number: one.document.number,
              date: one.document.date,
              total: moneyView(one.document.total),
              state: one.document.state,
            })),
    postAs: plan.postAs,
    lines: plan.lines.map(lineView),
    existing: (document?.lines ?? []).map((line) => ({
      description: withoutLineMark(line.description),
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      amount: moneyView(line.amount),
      ours: line.marker !== null,
    })),
    before: moneyView(plan.before),
    after: moneyView(plan.after),
    added: moneyView(added(plan)),
    needs: plan.needs.map((need) => needView(reader, world, need)),
    warnings: plan.warnings,
    taskIds: plan.taskIds,
    unusual: unusualOf(plan, lastMonthMinor(plan.customerId, plan.after.currency)),
  };
}

function targetOf(
  world: PlanWorld,
  connector: Connector,
  plan: Plan,
  document: Document | null,
): PlanView['target'] {
  if (plan.target.kind === 'new')
    return {
      kind: 'new',
      documentId: null,
      number: plan.target.header.number,
      date: plan.target.header.date,
      reference: plan.target.header.reference,
      url: null,
    };
  return {
    kind: 'existing',
    documentId: document?.id ?? null,
    number: plan.target.number,
    date: document?.date ?? null,
    reference: document?.reference ?? null,
    url: document === null ? null : connector.documentUrl(world.connection.account, document),
  };
}

export function lineView(line: PlanLine): PlanLineView {
  const priced = line.explanation.find((step) => step.step === 'price');
  return {
    chargeKey: line.chargeKey,
    revision: line.revision,
    orderId: line.orderId,
    orderNumber: line.orderNumber,
    subscriptionId: line.subscriptionId,
    productKey: line.productKey,
    description: withoutLineMark(line.content.description),
    quantity: line.content.quantity,
    unitPrice: line.content.unitPrice,
    discount: line.content.discount,
    accountCode: line.content.accountCode,
    taxType: line.content.taxType,
    priceFrom: priced?.step === 'price' ? priced.from : 'marketplace',
    amount: moneyView(line.amount),
    explanation: line.explanation,
  };
}

function unusualOf(plan: Plan, lastMonth: bigint | null): PlanView['unusual'] {
  const amount = added(plan).amountMinor;
  if (amount < 0n) return [{ code: 'credit', facts: {} }];
  if (lastMonth === null) return [];
  if (lastMonth > 0n && amount > lastMonth * unusualTimes)
    return [{ code: 'much-more', facts: { times: String(amount / lastMonth) } }];
  return [];
}
