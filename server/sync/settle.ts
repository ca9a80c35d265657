import { dateAt, instant } from '../domain/dates.ts';
import { type Document, isStanding } from '../domain/document.ts';
import type { Failure } from '../domain/errors.ts';
import { ownKey } from '../domain/ids.ts';
import type { Intent } from '../domain/intent.ts';
import type { Link } from '../domain/link.ts';
import type { NewLogEntry } from '../domain/log-entry.ts';
import { type Money, sum } from '../domain/money.ts';
import type { Plan } from '../domain/plan.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { Outcome } from '../domain/ports/write.ts';
import type { Actor } from '../domain/tenant.ts';
import { driftOf, type Snapshot, snapshotHash } from './check/snapshots.ts';
import { bodyOf } from './element-body.ts';
import { completeMapping } from './mapping/complete.ts';
import { purposeOf } from './markers.ts';
import { closingAfter } from './plan/destination.ts';
import type { WithinWrite } from './reassess.ts';
import { type PartChange, partOf } from './run-parts.ts';
import { urlOf } from './url-of.ts';
import {
  asItStands,
  freeEarlierSteps,
  freeLink,
  lineOfPlan,
  linkOf,
  openLineLinks,
} from './written-lines.ts';

/**
 * Stores an answer: what a system said it did becomes links, snapshot and log in the transaction
 * that closes the intent. Nothing is derived later, so a crash before it leaves the intent unknown.
 * Gives what changes in the run, which the caller stores once for all its intents (`setParts`).
 */
export function settle(
  options: WithinWrite,
  intent: Intent,
  outcome: Outcome,
  /** Links that are free now: none while a part of what was taken back with it stands. */
  frees: readonly string[] = intent.frees,
): PartChange {
  switch (outcome.status) {
    case 'ok':
      return settleDone(options, intent, { ...outcome, frees }, 'written');
    case 'rejected':
      return settleRefused(options, intent, outcome.failure, 'rejected');
    case 'unsent':
      return settleRefused(options, intent, outcome.failure, 'delayed');
    case 'unknown':
      options.tx.put('intent', {
        ...intent,
        state: 'unknown',
        failure: outcome.failure,
        hungUpAt: instant(options.context.clock.nowMs()),
      });
      return { ...partOf(intent), state: 'unknown', failure: outcome.failure };
    default:
      return outcome satisfies never;
  }
}

/**
 * Refused together with others: surely not done, and nobody knows because of which. It waits for a
 * smaller call, of which its answer is its own.
 */
export function settleDivided({ tx }: WithinWrite, intent: Intent): PartChange {
  tx.remove('intent', intent.id);
  return { ...partOf(intent), state: 'waiting', failure: null };
}

/** It happened, told by its answer or found by recovery. */
export function settleDone(
  options: WithinWrite,
  intent: Intent,
  done: {
    document: Document | null;
    company: Extract<Outcome, { status: 'ok' }>['company'];
    item: Extract<Outcome, { status: 'ok' }>['item'];
    warnings?: string[];
    frees?: readonly string[];
  },
  how: 'written' | 'recovered',
): PartChange {
  const { context, tx, connection } = options;
  tx.remove('intent', intent.id);
  if (done.company !== null)
    tx.put('company', {
      id: ownKey(connection.id, done.company.id),
      connectionId: connection.id,
      company: done.company,
    });
  if (done.item !== null)
    tx.put('item', {
      id: ownKey(connection.id, done.item.id),
      connectionId: connection.id,
      item: done.item,
    });
  if (intent.mappingId !== null)
    completeMapping(tx, intent.mappingId, intent.by, instant(context.clock.nowMs()), done);
  tx.put('connection', { ...connection, lastWriteAt: instant(context.clock.nowMs()) });
  return done.document === null
    ? partOf(intent)
    : settleDocument(
        options,
        intent,
        { frees: intent.frees, warnings: [], ...done, document: done.document },
        how,
      );
}

interface Done {
  document: Document;
  warnings: readonly string[];
  frees: readonly string[];
}

function settleDocument(
  options: WithinWrite,
  intent: Intent,
  { document, warnings, frees }: Done,
  how: 'written' | 'recovered',
): PartChange {
  const { context, tx, connection } = options;
  const at = instant(context.clock.nowMs());
  const { plan } = intent;
  const purpose =
    plan?.purpose === 'month'
      ? `month:${closingAfter(plan.target.kind === 'new' ? maxDate(plan.target.header.date, today(options)) : today(options), connection.settings.closingDay)}`
      : null;
  const snapshotId = ownKey(connection.id, document.id);
  const stands = isStanding(document.kind);
  const links = [
    ...(stands ? openLineLinks(tx, intent, document) : []),
    // The document may be there while one of its lines was refused: that one stays open.
    ...(plan?.lines ?? [])
      .filter((line) => !stands || lineOfPlan(document, line) !== undefined)
      .map((line) =>
        asItStands(linkOf(intent, line, document, at), document, {
          isSystems: line.stands !== undefined || plan?.leaves !== undefined,
        }),
      ),
  ];
  const drift = driftAfter(
    tx.get('snapshot', snapshotId),
    document,
    links,
    freedMarkers(tx, intent),
  );
  tx.put('snapshot', {
    id: snapshotId,
    connectionId: connection.id,
    readAt: at,
    hash: snapshotHash(context.crypto, document),
    document,
    ours: true,
    drift,
    purpose:
      purpose ??
      tx.get('snapshot', snapshotId)?.purpose ??
      (document.marker === null ? null : purposeOf(document.marker)),
  });
  const url = context.connector(connection.systemId).documentUrl(connection.account, document);
  for (const link of links) tx.put('link', link);
  for (const link of links) freeEarlierSteps(tx, link);
  for (const id of frees) freeLink(tx, id);
  tx.log({
    ...entryOf(
      intent,
      plan,
      how === 'recovered' ? 'recovered' : actionOf(intent),
      warnings.length > 0 || drift !== null || differs(plan, document) ? 'asks' : 'ok',
    ),
    connectionId: connection.id,
    subject: document.number ?? document.reference,
    documentId: document.id,
    documentUrl: url,
    amount: plan === null ? null : added(plan),
    facts: {
      document: document.number ?? document.reference,
      lines: String(plan?.lines.length ?? intent.frees.length),
      ...(drift === null ? {} : { drift }),
      ...(warnings.length > 0 ? { warning: warnings.join(' ') } : {}),
    },
    details: { plan, total: document.total, state: document.state },
  });
  return {
    ...partOf(intent),
    state: 'written',
    documentId: document.id,
    documentNumber: document.number,
    documentUrl: url,
    failure: null,
  };
}

/**
 * What a person changed on the document, as far as this answer tells: a recovered one may have been
 * edited or deleted before we saw it. What was known of other lines stays until the next read.
 */
function driftAfter(
  before: Snapshot | null,
  document: Document,
  links: readonly Link[],
  freed: ReadonlySet<string>,
): string | null {
  const now = driftOf(document, links);
  if (now === document.state) return now;
  const other = (before?.drift ?? '')
    .split(' ')
    .filter((change) => change.includes(':') && !freed.has(change.slice(change.indexOf(':') + 1)));
  const changes = [...new Set([...other, ...(now?.split(' ') ?? [])])].sort();
  return changes.length === 0 ? null : changes.join(' ');
}

const freedMarkers = (tx: Transaction, { frees }: Intent): ReadonlySet<string> =>
  new Set(frees.flatMap((id) => tx.get('link', id)?.marker ?? []));

/** Refused or never sent: the charges are free again, and their tasks say why they wait. */
function settleRefused(
  options: WithinWrite,
  intent: Intent,
  failure: Failure,
  state: 'rejected' | 'delayed',
): PartChange {
  const { tx, connection } = options;
  tx.remove('intent', intent.id);
  for (const taskId of intent.plan?.taskIds ?? []) {
    const task = tx.get('task', taskId);
    if (task !== null)
      tx.put('task', {
        ...task,
        failure,
        refusedOn: state === 'rejected' ? intent.element.documentId : null,
        attempts: task.attempts + 1,
      });
  }
  tx.log({
    ...entryOf(
      intent,
      intent.plan,
      state === 'rejected' ? 'rejected' : 'waiting',
      state === 'rejected' ? 'failed' : 'waits',
    ),
    connectionId: connection.id,
    failure,
    amount: intent.plan === null ? null : added(intent.plan),
    documentUrl: urlOf(tx, options, intent.element.documentId),
    details: { plan: intent.plan, said: failure.said, sent: [bodyOf(intent.element)] },
  });
  return { ...partOf(intent), state, failure };
}

const actionOf = ({ element, frees, plan }: Intent): NewLogEntry['action'] => {
  const mirrors = plan?.lines.every(({ portion }) => portion.sign === -1);
  if (frees.length > 0 || mirrors) return 'undone';
  if (element.kind === 'document-create') return 'written';
  if (element.kind === 'send') return 'sent';
  return plan === null ? 'approved' : 'changed';
};

function entryOf(
  intent: Intent,
  plan: Plan | null,
  action: NewLogEntry['action'],
  result: NewLogEntry['result'],
): NewLogEntry {
  const actor: Actor = intent.by;
  return {
    actor,
    action,
    result,
    connectionId: intent.connectionId,
    customerId: plan?.customerId ?? null,
    subject: plan?.lines[0]?.orderNumber ?? intent.element.ref,
    taskId: plan?.taskIds[0] ?? null,
    orderId: plan?.lines[0]?.orderId ?? null,
    documentId: intent.element.documentId,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { order: plan?.lines[0]?.orderNumber ?? '' },
    details: null,
  };
}

/** What a plan adds to what the customer owes: a credit note takes away. */
export function added(plan: Plan): Money {
  const amount = sum(
    plan.after.currency,
    plan.lines.map((line) => line.amount),
  );
  return plan.documentKind === 'creditNote'
    ? { ...amount, amountMinor: -amount.amountMinor }
    : amount;
}

/** The lines as answered must sum to what the plan said; a difference is shown, never hidden. */
function differs(plan: Plan | null, document: Document): boolean {
  // What was not exported is the system's own figure.
  if (plan === null || plan.leaves !== undefined) return false;
  const ours = new Set(plan.lines.map(({ marker }) => marker));
  const written = document.lines
    .filter(({ marker }) => marker !== null && ours.has(marker))
    .reduce((amount, line) => amount + line.amount.amountMinor, 0n);
  return written !== plan.lines.reduce((amount, line) => amount + line.amount.amountMinor, 0n);
}

const today = ({ context, connection }: WithinWrite) =>
  dateAt(context.clock.nowMs(), connection.account.timeZone);
const maxDate = <T extends string>(a: T, b: T): T => (a > b ? a : b);
