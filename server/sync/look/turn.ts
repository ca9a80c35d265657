import type { ConnectionId } from '../../domain/ids.ts';
import type { Look } from '../../domain/look.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Check } from '../check/context.ts';

/** One turn of a look: a page of invoices or some subscriptions, then the queue goes round. */
export interface Turn {
  check: Check;
  connectionId: ConnectionId;
  /** The look as it stands; null where it was started anew or ended meanwhile. */
  current(tx: Transaction, look: Look): Look | null;
}
