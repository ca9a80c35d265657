import { millisecondsOf } from '../../domain/dates.ts';
import { type ErrorCode, failureOf } from '../../domain/errors.ts';
import { canonical } from '../../domain/json.ts';
import type { Money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';
import { withoutSecrets } from '../../domain/secret-names.ts';
import { faultOf } from '../fault.ts';
import type { Check } from './context.ts';
import { hourlyMs, keptRetryMs, missedQuietlyMax, setAsideMax } from './limits.ts';
import { keptRecordId } from './names.ts';

/** As much of a record's own text is kept. */
const bodyMax = 20_000;

type Kept = RecordOf<'keptRecord'>;
type SetAside = NonNullable<Kept['setAside']>;

/** A record that could not be worked with, as a person names it. */
export interface Bad {
  /** `marketplace`, `own`, or a connection's id. */
  source: string;
  what: string;
  id: string;
  subject: string;
  customerId: string | null;
  amount: Money | null;
  revision: string;
  /** The record as it came, without secrets, as far as it is kept. */
  body: string;
}

export const badOrder = (order: Order, revision: string): Bad => ({
  source: sourceOf(order),
  what: 'order',
  id: order.id,
  subject: order.number,
  customerId: order.customerId,
  amount: order.total,
  revision,
  body: textOf(order),
});

/** Something that is set aside already, as it is tried again. */
export const badAgain = ({ id, source, what, body, setAside: aside }: Kept): Bad => ({
  source,
  what,
  id: id.slice(keptRecordId(source, what, '').length),
  subject: aside?.subject ?? id,
  customerId: aside?.customerId ?? null,
  amount: aside?.amount ?? null,
  revision: aside?.revision ?? '',
  body,
});

/** Where an order came from: own charges are orders of their own. */
export const sourceOf = ({ type }: Pick<Order, 'type'>): 'own' | 'marketplace' =>
  type === 'own' ? 'own' : 'marketplace';

/**
 * Keeps a record whose taking-in threw, so that the others go on: with its text, what went wrong, when
 * and how often. Throws the error itself when too many are set aside already: then the reading stops
 * as it would have without us, and nothing is passed over.
 */
export function setAside(
  tx: Transaction,
  check: Check,
  bad: Bad,
  error: unknown,
  problem = faultOf(error),
): void {
  const id = keptRecordId(bad.source, bad.what, bad.id);
  const before = tx.get('keptRecord', id);
  if (!hasRoom(tx, id)) throw error;
  const failure = failureOf(error);
  const isNew = before?.setAside == null || before.problem !== problem;
  tx.put('keptRecord', {
    id,
    source: bad.source,
    what: bad.what,
    problem,
    body: bad.body,
    seenAt: check.at,
    setAside: {
      code: failure.code,
      subject: bad.subject,
      customerId: bad.customerId,
      amount: bad.amount,
      revision: bad.revision,
      version: check.version,
      firstAt: before?.setAside?.firstAt ?? check.at,
      attempts: (before?.setAside?.attempts ?? 0) + 1,
      again: false,
      // Another fault, or another content, is another question.
      ignored:
        !isNew && before?.setAside?.revision === bad.revision ? before.setAside.ignored : null,
    },
  });
  if (!isNew) return;
  // Only a fault of ours is one for whoever runs the app; the other side's is in the Action log.
  const level = failure.code === 'internal' ? 'error' : 'warn';
  check.logger[level]('record set aside', { source: bad.source, what: bad.what, problem, error });
  tx.log({
    actor: { kind: 'app' },
    action: 'set-aside',
    result: 'asks',
    connectionId: bad.source === 'marketplace' || bad.source === 'own' ? null : bad.source,
    customerId: bad.customerId,
    subject: bad.subject,
    taskId: null,
    orderId: bad.what === 'order' ? bad.id : null,
    documentId: null,
    documentUrl: null,
    amount: bad.amount,
    failure,
    facts: { what: bad.what, problem },
    details: null,
  });
}

/**
 * Whether a record that was set aside is to be left alone now. It is tried again when it changed,
 * after the app was updated, when a person asks, and by itself from time to time.
 */
export function isHeld(reader: Reader, check: Check, id: string, revision: string): boolean {
  const kept = reader.get('keptRecord', id);
  return kept?.setAside != null && kept.setAside.revision === revision && !isDue(kept, check);
}

/** Whether something set aside is to be tried again whatever it says now. */
export function isDue({ setAside: aside, seenAt }: Kept, check: Check): boolean {
  if (aside === null || seenAt === check.at) return false;
  if (aside.again || aside.version !== check.version) return true;
  const ageMs = millisecondsOf(check.at) - millisecondsOf(seenAt);
  return aside.ignored === null && ageMs >= pauseMs(aside.code);
}

/** What the other side did may pass soon; a fault of ours stays until an update. */
function pauseMs(code: ErrorCode): number {
  if (code === 'marketplace.unreachable') return 0;
  return code === 'internal' ? keptRetryMs : hourlyMs;
}

/** Whether a person has to look: not while the marketplace is only slow to give one order. */
export const needsPerson = ({ code, attempts, ignored }: SetAside): boolean =>
  ignored === null && (code !== 'marketplace.unreachable' || attempts >= missedQuietlyMax);

/** Inside the transaction that took the record in after all. */
export function letGo(tx: Transaction, id: string): void {
  if (tx.get('keptRecord', id) !== null) tx.remove('keptRecord', id);
}

/** Whether one more can be set aside; one that is already always can. */
export const hasRoom = (reader: Reader, id: string): boolean =>
  reader.get('keptRecord', id)?.setAside != null ||
  reader.list('keptRecord').filter((kept) => kept.setAside !== null).length < setAsideMax;

/** A record may be so odd that not even its text can be made. */
export function textOf(value: unknown): string {
  try {
    return canonical(withoutSecrets(value)).slice(0, bodyMax);
  } catch {
    return '';
  }
}
