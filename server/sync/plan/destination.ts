import { wholeMonths } from '../../domain/billing-grid.ts';
import { cycleOf, cycleText, isSameCycle } from '../../domain/cycle.ts';
import { addMonths, type CalendarDate, date } from '../../domain/dates.ts';
import { type DocumentKind, isOpen } from '../../domain/document.ts';
import { yearMonths } from '../../domain/instalments.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import type { Need } from '../../domain/task.ts';
import { type Purpose, purposeOf } from '../markers.ts';
import type { DraftLine, GroupResult } from './draft-line.ts';
import { need, unclearNeed } from './needs.ts';
import { openLineOf } from './open-lines.ts';
import { openingLinkOf } from './opening.ts';
import type { Snapshot } from './snapshots.ts';
import type { PlanWorld } from './world.ts';

/** Where lines go: one of our open documents, or a new one that `key` tells from its siblings. */
export interface Destination {
  key: string;
  documentKind: DocumentKind;
  purpose: Purpose;
  snapshot: Snapshot | null;
  needs: Need[];
  /** How often a new document that stays open is billed. */
  cycle?: BillingPeriod;
}

/** The invoice for a group's lines, by decision, cycle and setting. */
export function invoiceFor(
  world: PlanWorld,
  companyId: string,
  customerId: string,
  group: GroupResult,
  first: DraftLine,
): Destination {
  const currency = first.amount.currency;
  const decided = world.decisions.nearest('document', {
    charge: first.charge,
    orderId: first.order.id,
    subscriptionId: group.subscriptionId,
    customerId,
  });
  if (decided !== null) {
    const snapshot =
      decided.value.documentId === null ? null : world.snapshot(decided.value.documentId);
    if (snapshot !== null && takes(snapshot, companyId, currency)) return existing(world, snapshot);
    if (decided.value.documentId === null) return fresh(`order ${first.order.id}`, 'order');
  }
  const isPart = first.order.type === 'part';
  if (!isPart && isYearly(world, group) && world.settings.yearly === 'own')
    return fresh(`yearly ${first.order.id}`, 'yearly');
  switch (world.settings.invoice) {
    case 'per-order':
      return fresh(`order ${first.order.id}`, 'order');
    case 'existing':
      return (
        linked(world, companyId, group, currency) ?? latest(world, companyId, customerId, currency)
      );
    case 'monthly':
      return thisMonth(world, companyId, currency);
    default:
      return world.settings.invoice satisfies never;
  }
}

/** A contract has the currency of its company, whatever an order is in. */
function currencyNeeds(world: PlanWorld, companyId: string, customerId: string, currency: string) {
  const kept = world.company(companyId)?.currency ?? null;
  return kept === null || kept === currency
    ? []
    : [need('company-currency', customerId, { kept, currency }, true)];
}

/** A billing period that no document of the system can have. */
function cycleNeeds(world: PlanWorld, { subscriptionId }: GroupResult, cycle: BillingPeriod) {
  const possible = world.manifest.standing?.cycleMonths;
  const months = cycleText(cycle);
  return possible === undefined || possible.map(String).includes(months)
    ? []
    : [need('no-cycle', subscriptionId ?? '', { months }, true)];
}

/** A document chosen by hand is billed as often as its subscription, or refused before anything is written. */
function chosenNeeds(
  { subscriptionId }: GroupResult,
  { document }: Snapshot,
  cycle: BillingPeriod,
): Need[] {
  const { billing } = document;
  if (billing === undefined || (billing.cycle !== null && isSameCycle(billing.cycle, cycle)))
    return [];
  return [
    need(
      'cycle-differs',
      subscriptionId ?? '',
      {
        document: document.number ?? document.id,
        months: cycleText(cycle),
        billed: billing.cycle === null ? '?' : cycleText(billing.cycle),
      },
      true,
    ),
  ];
}

const isBilledEvery = ({ document }: Snapshot, cycle: BillingPeriod): boolean =>
  document.billing?.cycle != null && isSameCycle(document.billing.cycle, cycle);

/**
 * The agreement or contract of a group: where its subscription's line stands, the one a person chose, ours of the
 * company in this currency and cycle, else a new one. A subscription never spans two.
 */
export function standingFor(
  world: PlanWorld,
  companyId: string,
  customerId: string,
  group: GroupResult,
  first: DraftLine,
): Destination {
  const documentKind = world.manifest.standing?.document ?? 'contract';
  const on = (snapshot: Snapshot): Destination => ({ ...existing(world, snapshot), documentKind });
  for (const { charge } of group.lines) {
    const open = openLineOf(world, group.subscriptionId, charge);
    if (open !== null) return on(open.snapshot);
  }
  const currency = first.amount.currency;
  const fits = (snapshot: Snapshot): boolean =>
    snapshot.document.kind === documentKind &&
    isOpen(snapshot.document.state) &&
    snapshot.document.locked === null &&
    snapshot.document.companyId === companyId &&
    snapshot.document.currency === currency;
  const decided = world.decisions.nearest('document', {
    charge: first.charge,
    orderId: first.order.id,
    subscriptionId: group.subscriptionId,
    customerId,
  });
  const period = billingPeriodOf(world, group);
  const cycle = cycleOf(period);
  const needs = cycleNeeds(world, group, cycle);
  const chosen =
    decided?.value.documentId == null ? null : world.snapshot(decided.value.documentId);
  if (chosen !== null && fits(chosen)) {
    const found = on(chosen);
    // What no subscription stands behind is billed once, on whichever document.
    const differs = group.subscriptionId === null ? [] : chosenNeeds(group, chosen, cycle);
    return { ...found, needs: [...found.needs, ...differs] };
  }
  const purpose = isYearly(world, group) ? 'yearly' : 'running';
  const own = world
    .documentsOf(companyId)
    .find(
      (snapshot) =>
        fits(snapshot) &&
        (snapshot.document.billing === undefined
          ? purposeOfSnapshot(snapshot) === purpose
          : purposeOfSnapshot(snapshot) !== null && isBilledEvery(snapshot, cycle)),
    );
  if (own !== undefined) return on(own);
  return {
    ...fresh(`${documentKind} ${companyId} ${currency} ${cycleText(cycle)}`, purpose, [
      ...currencyNeeds(world, companyId, customerId, currency),
      ...needs,
    ]),
    documentKind,
    cycle,
  };
}

/** A credit note: one an order, or one a customer and currency where invoices are shared as well. */
export function creditNoteFor(world: PlanWorld, customerId: string, first: DraftLine): Destination {
  const key =
    world.settings.invoice === 'per-order'
      ? `credit ${first.order.id}`
      : `credit ${customerId} ${first.amount.currency}`;
  return { key, documentKind: 'creditNote', purpose: 'credit', snapshot: null, needs: [] };
}

/** The first day with the closing day's number after a date. */
export function closingAfter(from: CalendarDate, closingDay: number): CalendarDate {
  const thisOne = date(`${from.slice(0, 8)}${String(closingDay).padStart(2, '0')}`);
  return thisOne > from ? thisOne : addMonths(thisOne, 1);
}

/** When a monthly draft is posted: written down at its creation, else derived from its date. */
export function closesOn(snapshot: Snapshot, closingDay: number): CalendarDate | null {
  if (snapshot.purpose?.startsWith('month:')) return date(snapshot.purpose.slice('month:'.length));
  const { marker, date: dated } = snapshot.document;
  return marker !== null && purposeOf(marker) === 'month' && dated !== null
    ? closingAfter(dated, closingDay)
    : null;
}

/** Nothing is added to a document while nobody can tell what became of an earlier change of it. */
function existing(world: PlanWorld, snapshot: Snapshot): Destination {
  const unclear = world.unclearOn(snapshot.document.id);
  return {
    key: `document ${snapshot.document.id}`,
    documentKind: 'invoice',
    purpose: 'running',
    snapshot,
    needs: unclear === null ? [] : [unclearNeed(unclear)],
  };
}
const fresh = (key: string, purpose: Purpose, needs: Need[] = []): Destination => ({
  key,
  documentKind: 'invoice',
  purpose,
  snapshot: null,
  needs,
});

export const canGrow = ({ document }: Snapshot): boolean =>
  document.kind === 'invoice' && isOpen(document.state) && document.locked === null;

const takes = (snapshot: Snapshot, companyId: string, currency: string): boolean =>
  canGrow(snapshot) &&
  snapshot.document.companyId === companyId &&
  snapshot.document.currency === currency;

const purposeOfSnapshot = ({ document }: Snapshot): Purpose | null =>
  document.marker === null ? null : purposeOf(document.marker);

/** The invoice on which the subscription was billed by hand, while it can take more lines. */
function linked(
  world: PlanWorld,
  companyId: string,
  { subscriptionId }: GroupResult,
  currency: string,
): Destination | null {
  const link = subscriptionId === null ? null : openingLinkOf(world, subscriptionId);
  const snapshot = link === null ? null : world.snapshot(link.documentId);
  return snapshot !== null && takes(snapshot, companyId, currency)
    ? existing(world, snapshot)
    : null;
}

function latest(
  world: PlanWorld,
  companyId: string,
  customerId: string,
  currency: string,
): Destination {
  const shared = world
    .documentsOf(companyId)
    .filter(
      (snapshot) =>
        snapshot.document.kind === 'invoice' &&
        snapshot.document.currency === currency &&
        purposeOfSnapshot(snapshot) !== 'yearly',
    );
  const open = shared.find(canGrow);
  if (open !== undefined) return existing(world, open);
  const closed = shared.find(
    ({ document }) => document.state !== 'deleted' && document.state !== 'voided',
  );
  const holds =
    closed !== undefined &&
    world.settings.whenClosed === 'hold' &&
    !world.decisions.accepted('document-closed', customerId).includes(closed.document.id);
  const needs = holds
    ? [
        need('document-closed', customerId, {
          document: closed.document.number ?? closed.document.id,
          seen: closed.document.id,
        }),
      ]
    : [];
  return fresh(`running ${companyId} ${currency}`, 'running', needs);
}

function thisMonth(world: PlanWorld, companyId: string, currency: string): Destination {
  const open = world.documentsOf(companyId).find((snapshot) => {
    const closing = closesOn(snapshot, world.settings.closingDay);
    return (
      closing !== null &&
      closing > world.today &&
      snapshot.document.currency === currency &&
      canGrow(snapshot)
    );
  });
  return open === undefined
    ? fresh(`month ${companyId} ${currency}`, 'month')
    : existing(world, open);
}

/** A yearly charge takes its whole group to the yearly invoice. */
const isYearly = (world: PlanWorld, group: GroupResult): boolean =>
  (wholeMonths(billingPeriodOf(world, group)) ?? 0) >= yearMonths;

/**
 * How often a group's subscription is billed. One that is new today is listed tomorrow only: until then
 * the products that it was ordered with say it.
 */
function billingPeriodOf(
  world: PlanWorld,
  { subscriptionId, lines }: GroupResult,
): BillingPeriod | null {
  if (subscriptionId === null) return null;
  const told = world.subscription(subscriptionId)?.billingPeriod ?? null;
  if (told !== null) return told;
  const ofProducts = lines.flatMap(({ charge }) => {
    const key = productKeyOf(charge);
    return (key === null ? null : world.product(key)?.billingPeriod) ?? [];
  });
  return ofProducts[0] ?? null;
}
