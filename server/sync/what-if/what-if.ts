import type { Connection } from '../../domain/connection.ts';
import type { Money } from '../../domain/money.ts';
import { totals } from '../../domain/money.ts';
import type { Month } from '../../domain/month.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { planTasks } from '../plan/plan.ts';
import type { PlanWorld } from '../plan/world.ts';
import { type CustomerChange, comparePlans } from './compare.ts';
import { pastMonths, unbilled } from './past-months.ts';
import { trialOn } from './trial.ts';

/** What a change would have done to the last months, and what it does to what is ready now. */
export interface WhatIf {
  months: { month: Month; orders: number; changes: CustomerChange[] }[];
  /** What waits to be billed, planned as it stands: exactly this is written if it is confirmed. */
  ready: { orders: number; changes: CustomerChange[] };
  /** What customers would have owed more over the months, one amount a currency. */
  more: Money[];
}

/**
 * Makes the change in a transaction that is never committed, and plans the last months and what is ready
 * in both worlds. Nothing is stored or written. Throws what the change itself would throw.
 */
export function whatIf(options: {
  reader: Reader;
  connection: Connection;
  /** The world of a reader, as every plan sees it. */
  worldIn(reader: Reader, connection: Connection): PlanWorld;
  change(tx: Transaction, connection: Connection): void;
}): WhatIf {
  const { reader, connection, worldIn, change } = options;
  const trial = trialOn(reader);
  change(trial, connection);
  const before = worldIn(reader, connection);
  const after = worldIn(trial, trial.get('connection', connection.id) ?? connection);
  const months = pastMonths(reader, before).map((past) => ({
    month: past.month,
    orders: past.tasks.length,
    changes: comparePlans(
      planTasks(unbilled(before, past), past.tasks).plans,
      planTasks(unbilled(after, past), past.tasks).plans,
    ),
  }));
  const ready = before.tasks().filter(({ state }) => state === 'ready');
  return {
    months,
    ready: {
      orders: ready.length,
      changes: comparePlans(planTasks(before, ready).plans, planTasks(after, ready).plans),
    },
    more: totals(months.flatMap(({ changes }) => changes.map(({ more }) => more))).filter(
      ({ amountMinor }) => amountMinor !== 0n,
    ),
  };
}
