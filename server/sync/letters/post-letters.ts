import type { BillLetter } from '../../domain/bill.ts';
import type { Connection } from '../../domain/connection.ts';
import { addMonths, dateAt, type Instant, instant, millisecondsOf } from '../../domain/dates.ts';
import { AppError, type Failure, failureOf } from '../../domain/errors.ts';
import { ownKey, type TenantId } from '../../domain/ids.ts';
import {
  type CustomerLetter,
  lettersADayMax,
  lettersAPassMax,
  lettersKeptMonths,
} from '../../domain/letter.ts';
import { noMailing } from '../../domain/mail.ts';
import { customerMappingId } from '../../domain/mapping.ts';
import { firstDayOf, monthOf } from '../../domain/month.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import { isEnabled } from '../enabled.ts';
import type { PostContext } from '../mail/post.ts';
import type { PlanWorld } from '../plan/world.ts';
import { addressOf, billLetters, dayOf, dueDay, letterMonth } from './bill.ts';

export const letterId = (connectionId: string, customerId: string, month: string): string =>
  ownKey(connectionId, customerId, month);

export interface LetterContext extends PostContext {
  worldIn(tenantId: TenantId, reader: Reader, connection: Connection): PlanWorld;
}

/**
 * Sends the letters that are due. Each is stored before it is handed over and its answer right after;
 * what an earlier process left in between is unclear and stays so until a person says what became of
 * it. Never more than one a customer and month.
 */
export async function postLetters(context: LetterContext, tenantId: TenantId): Promise<void> {
  const { store, clock, mailer } = context;
  if (mailer === null) return;
  await store.transact(tenantId, (tx) => leaveUnclear(tx, instant(clock.nowMs())));
  const reader = await store.read(tenantId);
  for (const connection of reader.list('connection')) {
    if (connection.state === 'disconnected' || connection.paused !== null) continue;
    const world = context.worldIn(tenantId, reader, connection);
    for (const letter of dueLetters(reader, world).slice(0, lettersAPassMax)) {
      const sent = await sendOne(context, tenantId, connection, letter, { kind: 'app' });
      // A server in trouble is not asked again for each of the others.
      if (sent === 'unreachable' || sent === 'unclear') return;
    }
  }
}

/** The letters to send today: switched on before their day, with an address, something to tell, and none sent. */
export function dueLetters(reader: Reader, world: PlanWorld): BillLetter[] {
  const { id } = world.connection;
  const day = reader.get('mailing', id)?.customerDay ?? null;
  const due = day === null ? null : dueDay(world.today, day);
  if (due === null) return [];
  const month = letterMonth(world.today);
  return billLetters(reader, world, month).filter(({ customerId, changes }) => {
    const letters = world.customerMapping(customerId)?.letters;
    return (
      letters?.state === 'on' &&
      letters.since !== null &&
      // Whoever is switched on that day or later gets the next one: nobody is written to unseen.
      dayOf(world, letters.since) < due &&
      changes.length > 0 &&
      addressOf(world, customerId) !== null &&
      reader.get('customerLetter', letterId(id, customerId, month)) === null
    );
  });
}

/**
 * One letter, by the protocol of every write: what is about to happen, the call, its answer. Gives what
 * became of it; `skipped` where it went out already, or somebody switched it off meanwhile.
 */
export async function sendOne(
  context: LetterContext,
  tenantId: TenantId,
  connection: Connection,
  letter: BillLetter,
  by: Actor,
): Promise<CustomerLetter['state'] | 'skipped' | 'unreachable'> {
  const { store, clock, mailer } = context;
  if (mailer === null) throw new AppError('mail.not-configured');
  const told = { kind: 'bill' as const, letter };
  const words = await context.compose(tenantId, connection, told);
  const intent = await store.transact(tenantId, (tx) =>
    prepare(context, tx, tenantId, { connection, letter, subject: words.subject, by }),
  );
  if (intent === null) return 'skipped';
  const { replyTo, ...record } = intent;
  const failure = await mailer.send({ to: [record.to], replyTo, ...words }).then(
    () => null,
    (error: unknown) => failureOf(error),
  );
  const at = instant(clock.nowMs());
  return store.transact(tenantId, (tx) => settle(tx, record, failure, at));
}

function prepare(
  context: LetterContext,
  tx: Transaction,
  tenantId: TenantId,
  options: { connection: Connection; letter: BillLetter; subject: string; by: Actor },
): (CustomerLetter & { replyTo: string | null }) | null {
  const { letter, subject, by } = options;
  const { customerId, month } = letter;
  const connection = tx.get('connection', options.connection.id);
  if (connection === null || connection.paused !== null || !isEnabled(tx)) return null;
  const id = letterId(connection.id, customerId, month);
  const mapping = tx.get('customerMapping', customerMappingId(connection.id, customerId));
  const to = addressOf(context.worldIn(tenantId, tx, connection), customerId);
  if (to === null || mapping?.letters.state !== 'on' || tx.get('customerLetter', id) !== null)
    return null;
  const at = instant(context.clock.nowMs());
  const today = at.slice(0, 10);
  const sentToday = tx.list('customerLetter').filter((one) => one.at.startsWith(today)).length;
  if (sentToday >= lettersADayMax) return null;
  forgetOld(tx, at);
  const record: CustomerLetter = {
    id,
    connectionId: connection.id,
    customerId,
    month,
    to,
    subject,
    state: 'sending',
    by,
    at,
    answeredAt: null,
    failure: null,
  };
  tx.put('customerLetter', record);
  const mailing = tx.get('mailing', connection.id) ?? noMailing(connection.id);
  return { ...record, replyTo: mailing.to[0] ?? null };
}

/** The answer, in one transaction with what it means: only a server that was never reached frees it. */
function settle(
  tx: Transaction,
  intent: CustomerLetter,
  failure: Failure | null,
  at: Instant,
): CustomerLetter['state'] | 'unreachable' {
  if (failure?.code === 'mail.unreachable') {
    // Shown where the mails are set up; it is tried again with every check while the month lasts.
    tx.remove('customerLetter', intent.id);
    const mailing = tx.get('mailing', intent.connectionId);
    const { code, said } = failure;
    if (mailing !== null) tx.put('mailing', { ...mailing, failure: { at, code, said } });
    return 'unreachable';
  }
  const state = failure === null ? 'sent' : failure.code === 'mail.refused' ? 'refused' : 'unclear';
  tx.put('customerLetter', { ...intent, state, failure, answeredAt: at });
  log(tx, intent, state === 'sent' ? 'ok' : state === 'refused' ? 'failed' : 'asks', failure);
  return state;
}

/** What was handed over by a process that is gone: nobody heard the answer. */
function leaveUnclear(tx: Transaction, at: Instant): void {
  for (const letter of tx.list('customerLetter')) {
    if (letter.state !== 'sending') continue;
    tx.put('customerLetter', { ...letter, state: 'unclear', answeredAt: at });
    log(tx, letter, 'asks', null);
  }
}

function forgetOld(tx: Transaction, at: Instant): void {
  const oldest = monthOf(
    addMonths(firstDayOf(monthOf(dateAt(millisecondsOf(at), 'UTC'))), -lettersKeptMonths),
  );
  for (const letter of tx.list('customerLetter'))
    if (letter.month < oldest) tx.remove('customerLetter', letter.id);
}

export function log(
  tx: Transaction,
  { connectionId, customerId, month, to, by }: CustomerLetter,
  result: 'ok' | 'asks' | 'waits' | 'failed',
  failure: Failure | null,
): void {
  tx.log({
    actor: by,
    action: 'letter',
    result,
    connectionId,
    customerId,
    subject: tx.get('customer', customerId)?.name ?? customerId,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure,
    facts: { month, to },
    details: null,
  });
}
