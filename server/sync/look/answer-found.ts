import type { Connection } from '../../domain/connection.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Decision } from '../../domain/decision.ts';
import { AppError } from '../../domain/errors.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import { openingDecisionId, openingLinkTo } from '../plan/opening.ts';
import { knownNeed, possibleAnswers, type SaidAnswer, seenOf } from './given-answers.ts';
import type { Found } from './look-at.ts';

interface Answering {
  tx: Transaction;
  connection: Connection;
  crypto: Pick<Crypto, 'hash'>;
  by: Actor;
  at: Instant;
}

/**
 * Stores an answer as decisions; nothing is written anywhere. `open` takes back what was said. Throws
 * `request.invalid` where a finding of this kind has no such answer.
 */
export function answerFound(
  { tx, connection, crypto, by, at }: Answering,
  found: Found,
  answer: SaidAnswer | 'open',
): void {
  const openingIds = subscriptionsOf(found).map((subscriptionId) => ({
    subscriptionId,
    id: openingDecisionId(crypto, connection.id, subscriptionId),
  }));
  const knownId = crypto.hash(`found\n${connection.id}\n${found.id}`).slice(0, 32);
  if (answer === 'open') {
    for (const id of [knownId, ...openingIds.map((opening) => opening.id)])
      if (tx.get('decision', id) !== null) tx.remove('decision', id);
    return;
  }
  if (!possibleAnswers(found).includes(answer))
    throw new AppError('request.invalid', { facts: { field: 'answer' } });
  const decide = (decision: Pick<Decision, 'id' | 'scope' | 'value'>): void =>
    tx.put('decision', { ...decision, connectionId: connection.id, by, at });
  if (answer === 'known') {
    const seen = seenOf(found.id, found.seen);
    decide({
      id: knownId,
      scope: scopeOf(found),
      value: { kind: 'accept', need: knownNeed, seen },
    });
    return;
  }
  const [line] = found.lines;
  for (const { id, subscriptionId } of openingIds)
    decide({
      id,
      scope: { kind: 'subscription', subscriptionId, productKey: null },
      value:
        answer === 'link' && line !== undefined
          ? openingLinkTo(line.documentId, { ...line, id: line.lineId }, line)
          : { kind: 'opening', answer: 'next-order' },
    });
}

/**
 * The findings that need nobody's eye: all that is known of their subscriptions is the same on both
 * sides, and nobody said anything to it yet.
 */
export function exactOnes(found: readonly Found[]): Found[] {
  const others = new Set(found.filter(({ kind }) => kind !== 'exact').flatMap(subscriptionsOf));
  return found.filter(
    (one) =>
      one.kind === 'exact' &&
      one.noLink === null &&
      one.answer === null &&
      !subscriptionsOf(one).some((subscriptionId) => others.has(subscriptionId)),
  );
}

const subscriptionsOf = ({ held }: Found): string[] => [
  ...new Set(held.map(({ subscriptionId }) => subscriptionId)),
];

const scopeOf = (found: Found): Decision['scope'] => {
  const [subscriptionId] = subscriptionsOf(found);
  return subscriptionId === undefined
    ? { kind: 'customer', customerId: found.customerId }
    : { kind: 'subscription', subscriptionId, productKey: null };
};
