import type * as v from 'valibot';
import type { Connection } from '../../domain/connection.ts';
import type { Instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import type { EngineContext } from '../../sync/context.ts';
import { customerMappingOf, mapCustomer } from '../../sync/mapping/map.ts';
import { companyFinder } from '../../sync/mapping/suggest.ts';
import { billFromHere } from '../../sync/mapping/who-bills.ts';
import type { customerBulkBody } from '../bodies.ts';

type Body = Exclude<v.InferOutput<typeof customerBulkBody>, { do: 'create' }>;
interface Change {
  tx: Transaction;
  connection: Connection;
  by: Actor;
  at: Instant;
  /** Whether this person may switch automatic on. */
  mayApprove: boolean;
}

/** What can be done to many customers at once; how many it changed. Mapped rows are never touched by a match. */
export function changeCustomers(
  change: Change,
  body: Body,
  { crypto }: Pick<EngineContext, 'crypto'>,
): number {
  const { tx, connection, by, at, mayApprove } = change;
  const mappingOf = (id: string) => customerMappingOf(tx, connection.id, id);
  const known = (ids: readonly string[]): string[] =>
    ids.filter((id) => tx.get('customer', id) !== null);
  switch (body.do) {
    case 'suggest':
      return suggest(change);
    case 'confirm': {
      const suggested = tx
        .list('customerMapping')
        .filter(
          (mapping) =>
            mapping.connectionId === connection.id &&
            mapping.targetId === null &&
            mapping.suggestion !== null,
        );
      const { ids } = body;
      const chosen = suggested.filter((mapping) =>
        ids === 'exact'
          ? (mapping.suggestion?.scorePercent ?? 0) === 100
          : ids.includes(mapping.customerId),
      );
      return chosen.filter((mapping) =>
        mapCustomer(
          { tx, connectionId: connection.id, by, at, how: 'suggestion' },
          mapping.customerId,
          mapping.suggestion?.targetId ?? null,
        ),
      ).length;
    }
    case 'dismiss':
      for (const id of known(body.ids))
        tx.put('customerMapping', { ...mappingOf(id), suggestion: null });
      return known(body.ids).length;
    case 'unmap':
      return known(body.ids).filter((id) =>
        mapCustomer({ tx, connectionId: connection.id, by, at, how: 'unmapped' }, id, null),
      ).length;
    case 'automatic': {
      // Money then flows without a person's look: only an admin may, or who was given the right.
      if (body.on && !mayApprove) throw new AppError('access.grant');
      const ids =
        body.ids === 'all'
          ? tx
              .list('customer')
              .map(({ id }) => id)
              .filter((id) => mappingOf(id).targetId !== null)
          : known(body.ids);
      for (const id of ids) {
        const automaticBy = body.on && by.kind === 'user' ? by.id : null;
        tx.put('customerMapping', { ...mappingOf(id), automatic: body.on, automaticBy });
      }
      note(
        change,
        'automatic-switched',
        { state: body.on ? 'on' : 'off', count: String(ids.length) },
        ids,
      );
      return ids.length;
    }
    case 'bills':
      for (const id of known(body.ids))
        if (body.on) billFromHere(tx, connection.id, id);
        else tx.put('customerMapping', { ...mappingOf(id), bills: false });
      note(change, 'decided', { kind: body.on ? 'bills-here' : 'bills-not' }, known(body.ids));
      return known(body.ids).length;
    case 'schedule-answered':
      for (const id of known(body.ids))
        tx.put('customerMapping', { ...mappingOf(id), scheduleAnswered: true });
      return known(body.ids).length;
    case 'exclude':
      for (const id of known(body.ids))
        tx.put('decision', {
          id: crypto.hash(`exclude\n${connection.id}\n${id}`).slice(0, 32),
          connectionId: connection.id,
          scope: { kind: 'customer', customerId: id },
          value: { kind: 'exclude', reason: body.reason, until: body.until },
          by,
          at,
        });
      note(change, 'decided', { kind: 'exclude' }, known(body.ids));
      return known(body.ids).length;
    case 'include': {
      const ids = known(body.ids);
      for (const decision of tx.list('decision'))
        if (
          decision.connectionId === connection.id &&
          decision.value.kind === 'exclude' &&
          decision.scope.kind === 'customer' &&
          ids.includes(decision.scope.customerId)
        )
          tx.remove('decision', decision.id);
      note(change, 'decided', { kind: 'include' }, ids);
      return ids.length;
    }
    default:
      return body satisfies never;
  }
}

function suggest(change: Change): number {
  const { tx, connection } = change;
  const companies = tx
    .list('company')
    .filter((record) => record.connectionId === connection.id)
    .map(({ company }) => company);
  const find = companyFinder(companies);
  let found = 0;
  for (const customer of tx.list('customer')) {
    const mapping = customerMappingOf(tx, connection.id, customer.id);
    if (mapping.targetId !== null) continue;
    const suggestion = find(customer);
    if (suggestion === null) continue;
    found += 1;
    tx.put('customerMapping', { ...mapping, suggestion });
  }
  note(change, 'suggested', { count: String(found) }, []);
  return found;
}

function note(
  { tx, connection, by }: Change,
  action: 'suggested' | 'automatic-switched' | 'decided',
  facts: Record<string, string>,
  ids: readonly string[],
): void {
  tx.log({
    actor: by,
    action,
    result: 'ok',
    connectionId: connection.id,
    customerId: ids.length === 1 ? (ids[0] ?? null) : null,
    subject:
      ids.length === 1 ? (tx.get('customer', ids[0] ?? '')?.name ?? '') : `${ids.length} customers`,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts,
    details: { ids },
  });
}
