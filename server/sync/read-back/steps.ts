import type { Connection } from '../../domain/connection.ts';
import type { Failure } from '../../domain/errors.ts';
import type { ConnectorSession, Feature } from '../../domain/ports.ts';
import type { Check } from '../check/context.ts';
import { hourlyMs } from '../check/limits.ts';
import { runSteps, type Step } from '../check/steps.ts';
import { readInvoices } from './read-invoices.ts';
import { readQuotes } from './read-quotes.ts';

/**
 * What is read back to be shown, once an hour: nothing of it decides what is written. Each step has the
 * name of its feature.
 */
export function readBackSteps(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Step[] {
  return [
    ...(session.invoices === undefined
      ? []
      : [
          {
            name: 'invoices' satisfies Feature,
            everyMs: hourlyMs,
            work: (position: string | null) => readInvoices(check, connection, session, position),
          },
        ]),
    ...(session.quotes === undefined
      ? []
      : [
          {
            name: 'quotes' satisfies Feature,
            everyMs: hourlyMs,
            work: () => readQuotes(check, connection, session),
          },
        ]),
  ];
}

/** The same now, whenever they were read last. Gives the failures, which are noted. */
export const readBackNow = (
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Promise<Failure[]> =>
  runSteps(
    check,
    connection.id,
    readBackSteps(check, connection, session).map((step) => ({ ...step, everyMs: 0 })),
  );
