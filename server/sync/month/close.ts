import type { Instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import { ownKey } from '../../domain/ids.ts';
import { lastDayOf, type Month, type MonthClosing, monthOf } from '../../domain/month.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import { driftsOf } from '../drift.ts';
import type { PlanWorld } from '../plan/world.ts';
import { chargesOf } from './charged.ts';
import { billedOf, isDead } from './lines.ts';
import { type Figures, type Statement, statementOf } from './statement.ts';

/** What has to be answered before a month can be closed; up to its last day, whatever month it began in. */
export interface Blockers {
  /** Charges whose task is open, or whose billed line waits for an answer. */
  waiting: number;
  /** Charges that nothing stands for. */
  missing: number;
  /** Lines that a person changed in the system and nobody answered. */
  changed: number;
  /** Lines with our mark that stand for no charge. */
  extra: number;
  /** Writes whose outcome nobody knows yet. */
  unclear: number;
}

export function blockersOf(reader: Reader, world: PlanWorld, month: Month): Blockers {
  const billed = billedOf(reader, world);
  const charges = chargesOf(reader, world, billed, month).filter((one) => one.month <= month);
  const isBefore = (date: string | null): boolean => date !== null && date <= lastDayOf(month);
  const of = (standings: readonly string[]): number =>
    charges.filter(({ standing }) => standings.includes(standing)).length;
  return {
    waiting: of(['open', 'asks']),
    missing: of(['lost']),
    changed: driftsOf(reader, world.connection)
      .filter(({ snapshot }) => isBefore(snapshot.document.date))
      .reduce((count, { lines }) => count + lines.length, 0),
    extra: billed.lines.filter(
      ({ snapshot: { document }, line, link }) =>
        !isDead(document) && isBefore(document.date) && line.marker !== null && link === null,
    ).length,
    unclear: reader.list('intent').filter((one) => one.connectionId === world.connection.id).length,
  };
}

export const isBlocked = (blockers: Blockers): boolean =>
  Object.values(blockers).some((count) => count > 0);

export const closingOf = (
  reader: Reader,
  { connection }: PlanWorld,
  month: Month,
): MonthClosing | null => reader.get('monthClosing', ownKey(connection.id, month));

export const isOver = ({ today }: PlanWorld, month: Month): boolean => monthOf(today) > month;

/**
 * Closes a month as the person saw it: from now on nothing is dated in it, and what comes late goes to
 * the next one. Throws `month.not-over`, `month.open` while anything waits for an answer, and
 * `request.conflict` where it is not what they saw.
 */
export function closeMonth(
  tx: Transaction,
  world: PlanWorld,
  { month, seen, by, at }: { month: Month; seen: string; by: Actor; at: Instant },
): MonthClosing {
  if (closingOf(tx, world, month) !== null)
    throw new AppError('request.conflict', { facts: { field: 'month' } });
  if (!isOver(world, month)) throw new AppError('month.not-over');
  const statement = statementOf(tx, world, month);
  if (statement.seen !== seen) throw new AppError('request.conflict', { facts: { field: 'seen' } });
  const blockers = blockersOf(tx, world, month);
  if (isBlocked(blockers) || !isExplained(statement)) throw new AppError('month.open');
  const { connection } = world;
  const closing: MonthClosing = {
    id: ownKey(connection.id, month),
    connectionId: connection.id,
    month,
    at,
    by,
    figures: statement.figures.map(closedFigures),
  };
  tx.put('monthClosing', closing);
  logMonth(tx, world, month, by, 'month-closed');
  return closing;
}

/** Takes a closing back: the month can be written to again. Throws `request.not-found`. */
export function reopenMonth(
  tx: Transaction,
  world: PlanWorld,
  { month, by }: { month: Month; by: Actor },
): void {
  const closing = closingOf(tx, world, month);
  if (closing === null) throw new AppError('request.not-found');
  tx.remove('monthClosing', closing.id);
  logMonth(tx, world, month, by, 'month-reopened');
}

export const isExplained = ({ figures }: Pick<Statement, 'figures'>): boolean =>
  figures.every(({ unexplained }) => unexplained.amountMinor === 0n);

export const closedFigures = ({ currency, charged, own, documents, tax }: Figures) => ({
  currency,
  charged,
  own,
  documents,
  tax,
});

function logMonth(
  tx: Transaction,
  { connection }: PlanWorld,
  month: Month,
  actor: Actor,
  action: 'month-closed' | 'month-reopened',
): void {
  tx.log({
    actor,
    action,
    result: 'ok',
    connectionId: connection.id,
    customerId: null,
    subject: month,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { month },
    details: null,
  });
}
