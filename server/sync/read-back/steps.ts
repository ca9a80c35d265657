import type { Connection } from '../../domain/connection.ts';
import type { Failure } from '../../domain/errors.ts';
import type { Feature } from '../../domain/ports/connector-manifest.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Check } from '../check/context.ts';
import { hourlyMs } from '../check/limits.ts';
import { cursorId } from '../check/names.ts';
import { runSteps, type Step } from '../check/steps.ts';
import { afterNames, mappedCompanies, namesOf } from './mapped.ts';
import { readInvoices } from './read-invoices.ts';
import { readQuotes } from './read-quotes.ts';

/**
 * What is read back to be shown, once an hour: nothing of it decides what is written. Each step has the
 * name of its feature. When other companies are mapped it is read at once, where the system makes the
 * invoices: where ours are the invoices, they are known as documents, and the hour is soon enough for
 * those that somebody else made.
 */
export async function readBackSteps(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
  { isAsked = false }: { isAsked?: boolean } = {},
): Promise<Step[]> {
  const reader = await check.store.read(check.tenantId);
  const names = namesOf(check.crypto, mappedCompanies(reader, connection.id));
  const isMadeThere = check.manifest(connection.systemId).invoicing?.madeIn != null;
  const step = (name: Feature, work: Step['work']): Step => {
    const position = reader.get('cursor', cursorId(connection.id, name))?.position ?? null;
    const isOfOthers = isMadeThere && afterNames(position, names) === null;
    return { name, everyMs: isOfOthers ? 0 : hourlyMs, work };
  };
  return [
    ...(session.invoices === undefined
      ? []
      : [
          step('invoices', (position) =>
            readInvoices(check, connection, session, { position, isAsked }),
          ),
        ]),
    ...(session.quotes === undefined
      ? []
      : [step('quotes', () => readQuotes(check, connection, session))]),
  ];
}

/** The same now, whenever they were read last. Gives the failures, which are noted. */
export async function readBackNow(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Promise<Failure[]> {
  const steps = await readBackSteps(check, connection, session, { isAsked: true });
  return runSteps(
    check,
    connection.id,
    steps.map((step) => ({ ...step, everyMs: 0 })),
  );
}
