import { type Document, isOpen, isStanding } from '../../domain/document.ts';
import { isOfOpenLine, type Link, lineOfLink } from '../../domain/link.ts';
import { type Money, opposite, sum } from '../../domain/money.ts';
import type { Plan } from '../../domain/plan.ts';
import type { DocumentWrite } from '../../domain/ports/write.ts';
import { feeByClass } from '../../domain/rules/rule.ts';
import { asItStands } from '../check/snapshots.ts';
import { taskIdOf } from '../check/tasks.ts';
import { documentPlan } from '../plan/document-plan.ts';
import { reversalOf } from '../plan/reversal.ts';
import type { Snapshot } from '../plan/snapshots.ts';
import type { PlanWorld } from '../plan/world.ts';
import { writeOf } from '../write-plan.ts';
import { type Answer, type How, nothing, undoRef } from './answer.ts';
import { takeBackStanding } from './take-back-standing.ts';

/** What taking lines back means for one document. */
export interface TakeBack {
  documentId: string;
  /** As last read; null where it is not known. */
  snapshot: Snapshot | null;
  links: Link[];
  customerId: string;
  /** What it takes off what the customer owes. */
  amount: Money;
  how: Answer;
}

/** One answer a document for all its chosen lines, in the order of the lines. */
export function takeBacks(world: PlanWorld, links: readonly Link[]): TakeBack[] {
  const byDocument = Map.groupBy(links, ({ documentId }) => documentId);
  return [...byDocument].flatMap(([documentId, chosen]) => {
    // A line that was corrected stands for nothing any more; its correction is not taken back.
    const standing = chosen.filter(
      (link) => link.sign === -1 || world.linkState(link.chargeKey).live?.id === link.id,
    );
    return standing.length === 0 ? [] : [takeBackOf(world, documentId, standing)];
  });
}

function takeBackOf(world: PlanWorld, documentId: string, links: Link[]): TakeBack {
  const snapshot = world.snapshot(documentId);
  const [first] = links;
  const currency = first?.amount.currency ?? world.connection.account.baseCurrency;
  // An open line is worth what it is, however many orders set it.
  const worth = [
    ...new Map(links.map((link) => [isOfOpenLine(link) ? link.marker : link.id, link])).values(),
  ];
  const owed = worth
    .flatMap((link) => standing(snapshot?.document ?? null, link))
    .map(({ documentKind, amount }) => (documentKind === 'creditNote' ? opposite(amount) : amount));
  return {
    documentId,
    snapshot,
    links,
    customerId: first?.customerId ?? '',
    amount: sum(currency, owed),
    how: howOf(world, snapshot, links),
  };
}

/** With the figures that a person may have left there; a line that was taken off gives nothing back. */
function standing(document: Document | null, link: Link): Link[] {
  if (document?.whole !== true) return [link];
  const line = lineOfLink(document.lines, link);
  return line === undefined ? [] : [asItStands(document, line, link)];
}

function howOf(world: PlanWorld, snapshot: Snapshot | null, links: Link[]): Answer {
  if (snapshot === null || !snapshot.document.whole) return { can: false, why: 'unread' };
  const { document } = snapshot;
  if (document.state === 'voided' || document.state === 'deleted')
    return { can: false, why: 'gone' };
  if (links.some(({ chargeKey }) => world.openIntent(chargeKey) !== null))
    return { can: false, why: 'busy' };
  if (isStanding(document.kind)) return takeBackStanding(world, snapshot, links);
  const ours = new Set(links.map(({ marker }) => marker));
  const lines = document.lines.filter(({ marker }) => marker !== null && ours.has(marker));
  const isAll = lines.length === document.lines.length;
  const changed = (how: How, change: Partial<DocumentWrite>): Answer => ({
    can: true,
    how,
    step: {
      write: { ...nothing(document), ...change },
      plan: null,
      frees: links.map(({ id }) => id),
      before: snapshot.hash,
    },
  });
  if (isOpen(document.state) && document.locked === null)
    return isAll
      ? changed('delete', { state: 'deleted' })
      : changed('remove-lines', {
          lines: lines.map(({ id }) => ({ change: 'remove', lineId: id })),
        });
  if (isAll && document.state === 'approved' && document.locked === null)
    return changed('void', { state: 'voided' });
  return byAnother(world, document, links);
}

/** The mirror of the lines on a document of its own, posted like the one it answers. */
function byAnother(world: PlanWorld, document: Document, links: Link[]): Answer {
  if (links.some(({ sign }) => sign === -1)) return { can: false, why: 'correction' };
  const company = world.company(document.companyId);
  if (company === null) return { can: false, why: 'unmapped' };
  // What stands for nothing any more is only freed: giving it back would give money away.
  const worth = links.filter((link) =>
    standing(document, link).some(({ amount }) => amount.amountMinor !== 0n),
  );
  if (worth.length === 0) return { can: false, why: 'gone' };
  const placed = worth.flatMap((link) => {
    const order = world.order(link.orderId);
    const charge = order?.charges.find(({ key }) => key === link.chargeKey);
    if (order === null || charge === undefined) return [];
    const line = reversalOf(world, order, charge, feeByClass(charge), link);
    return [{ taskId: taskIdOf(world.crypto, world.connection.id, order.id), lines: [line] }];
  });
  if (placed.length < worth.length) return { can: false, why: 'unread' };
  const frees = links.filter((link) => !worth.includes(link)).map(({ id }) => id);
  const owed = placed.reduce(
    (amount, { lines }) => amount + (lines[0]?.amount.amountMinor ?? 0n),
    0n,
  );
  const how = owed > 0n ? 'invoice' : 'credit-note';
  const plan: Plan = documentPlan(world, {
    customerId: links[0]?.customerId ?? '',
    company,
    destination: {
      key: undoRef(document.id),
      documentKind: how === 'invoice' ? 'invoice' : 'creditNote',
      purpose: how === 'invoice' ? 'order' : 'credit',
      snapshot: null,
      needs: [],
    },
    placed,
    postAs: isOpen(document.state)
      ? document.state === 'draft'
        ? 'draft'
        : 'submitted'
      : 'approved',
  });
  if (plan.needs.length > 0) return { can: false, why: 'no-account' };
  const write = { ...writeOf(world, plan), ref: undoRef(document.id) };
  return { can: true, how, step: { write, plan, frees, before: null } };
}
