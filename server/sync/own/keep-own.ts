import type { Connection } from '../../domain/connection.ts';
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import { ownKey } from '../../domain/ids.ts';
import {
  type OwnCharge,
  type OwnTerms,
  ownChargesMax,
  ownProductKey,
  termsAt,
} from '../../domain/own-charge.ts';
import type { Ids } from '../../domain/ports/machine.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import { billingConnection } from '../check/who-bills.ts';
import { mapProduct } from '../mapping/map.ts';

/** Where an own charge is booked: an item, an account, or both. */
export interface OwnPlace {
  itemId: string | null;
  accountCode: string | null;
  taxType: string | null;
}
export type OwnDraft = Pick<OwnCharge, 'customerId' | 'currency' | 'everyMonths' | 'until'> &
  OwnTerms &
  OwnPlace;
export type OwnStep =
  | ({ do: 'change' } & OwnTerms & OwnPlace)
  | { do: 'pause' | 'resume'; from: CalendarDate }
  /** Null lets it go on. */
  | { do: 'end'; from: CalendarDate | null };

interface Change {
  tx: Transaction;
  connection: Connection;
  by: Actor;
  at: Instant;
}

/** A new own charge. Throws `request.invalid` with the field that cannot be used. */
export function addOwnCharge(change: Change, ids: Ids, draft: OwnDraft): OwnCharge {
  const { tx, connection, by, at } = change;
  const all = tx.list('ownCharge');
  if (all.length >= ownChargesMax) throw new AppError('store.queue-full');
  if (tx.get('customer', draft.customerId) === null) throw new AppError('request.not-found');
  if (billingConnection(tx, draft.customerId)?.id !== connection.id)
    throw new AppError('customer.not-billed-here');
  const { customerId, currency, everyMonths, until, from } = draft;
  const currencies = tx.get('reference', connection.id)?.reference.currencies ?? [];
  if (!currencies.includes(currency)) refuse('currency');
  if (until !== null && (everyMonths === null || until <= from)) refuse('until');
  const own: OwnCharge = {
    id: ids.next(),
    connectionId: connection.id,
    customerId,
    number: `OC-${all.length + 1}`,
    currency,
    everyMonths,
    from,
    until,
    pauses: [],
    terms: [termsOf(draft)],
    by,
    at,
  };
  book(change, own, draft);
  tx.put('ownCharge', own);
  note(change, own, 'Added');
  return own;
}

/** Changes, pauses, resumes or ends; periods that are billed already ask by themselves. */
export function changeOwnCharge(change: Change, own: OwnCharge, step: OwnStep): void {
  const next = changed(own, step);
  if (step.do === 'change') book(change, own, step);
  change.tx.put('ownCharge', next);
  note(change, next, words[step.do]);
}

function changed(own: OwnCharge, step: OwnStep): OwnCharge {
  const open = own.pauses.at(-1);
  const isPaused = open !== undefined && open.until === null;
  switch (step.do) {
    case 'change': {
      if (step.from < own.from) refuse('from');
      const others = own.terms.filter(({ from }) => from < step.from);
      // A price from a date on replaces what was planned for later.
      return { ...own, terms: [...others, termsOf(step)] };
    }
    case 'pause':
      if (isPaused || own.everyMonths === null) throw new AppError('request.conflict');
      return { ...own, pauses: [...own.pauses, { from: step.from, until: null }] };
    case 'resume':
      if (open === undefined || !isPaused) throw new AppError('request.conflict');
      if (step.from < open.from) refuse('from');
      return { ...own, pauses: [...own.pauses.slice(0, -1), { ...open, until: step.from }] };
    case 'end':
      if (step.from !== null && step.from < own.from) refuse('from');
      return { ...own, until: step.from };
    default:
      return step satisfies never;
  }
}

/** The mapping of its key, so that planning finds its item, account and tax like any product's. */
function book({ tx, connection, by, at }: Change, own: OwnCharge, place: OwnPlace): void {
  const { itemId, accountCode, taxType } = place;
  const reference = tx.get('reference', connection.id)?.reference;
  const item = itemId === null ? null : tx.get('item', ownKey(connection.id, itemId))?.item;
  if (item === undefined || item?.archived === true) refuse('itemId');
  if (itemId === null && accountCode === null) refuse('accountCode');
  const account = reference?.accounts.find(({ code }) => code === accountCode);
  if (accountCode !== null && account?.archived !== false) refuse('accountCode');
  const tax = reference?.taxRates.find(({ type }) => type === taxType);
  if (taxType !== null && tax?.archived !== false) refuse('taxType');
  mapProduct(
    { tx, connectionId: connection.id, by, at, how: 'screen' },
    { productKey: ownProductKey(own.id), fee: null, targetId: itemId, accountCode, taxType },
  );
}

function note({ tx, connection, by }: Change, own: OwnCharge, how: string): void {
  const { description } = termsAt(own, own.terms.at(-1)?.from ?? own.from);
  tx.log({
    actor: by,
    action: 'own-charge',
    result: 'ok',
    connectionId: connection.id,
    customerId: own.customerId,
    subject: `${own.number} ${description}`,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { how, number: own.number, description },
    details: own,
  });
}

const words = { change: 'Changed', pause: 'Paused', resume: 'Resumed', end: 'Ended' } as const;

const termsOf = ({ from, description, quantity, unitPrice }: OwnTerms): OwnTerms => ({
  from,
  description,
  quantity,
  unitPrice,
});

function refuse(field: string): never {
  throw new AppError('request.invalid', { facts: { field } });
}
