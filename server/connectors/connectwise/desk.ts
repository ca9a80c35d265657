import * as v from 'valibot';
import { answerless, type Failed } from '../kit/written.ts';
import type { Client, Written } from './client.ts';
import type { Reader, Whole } from './reader.ts';
import { type Addition, additionSchema, type BillingCycle } from './schema.ts';

/** One agreement while its lines are written: what is there now, and how to take back what was done. */
export interface Desk {
  client: Client;
  reader: Reader;
  cycles: readonly BillingCycle[];
  whole: Whole;
  takeBack: (() => Promise<Written>)[];
}
export type Made = { status: 'done' | 'there' } | Failed;

/** The whole record comes back: it is what the agreement holds now, without another read. */
export function takeIn(desk: Desk, made: Written): { status: 'done'; addition: Addition } | Failed {
  const { agreement, additions } = desk.whole;
  if (made.status === 'failed') {
    desk.reader.learn(agreement.id, null);
    return made;
  }
  const known = v.safeParse(additionSchema, made.value);
  if (!known.success) {
    desk.reader.learn(agreement.id, null);
    return { status: 'failed', certainty: 'unknown', failure: answerless() };
  }
  const addition = known.output;
  desk.reader.learn(agreement.id, addition);
  const others = additions.filter(({ id }) => id !== addition.id);
  desk.whole = { ...desk.whole, additions: [...others, addition] };
  return { status: 'done', addition };
}
