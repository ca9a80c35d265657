import type { NewLogEntry } from '../domain/log-entry.ts';
import type { Actor } from '../domain/tenant.ts';

export const marketplaceActor: Actor = { kind: 'marketplace' };

type Given = Pick<NewLogEntry, 'actor' | 'action' | 'subject'> & Partial<NewLogEntry>;

/** An entry of the Action log about access: no money, no document. */
export const accessEntry = (given: Given): NewLogEntry => ({
  result: 'ok',
  connectionId: null,
  customerId: null,
  taskId: null,
  orderId: null,
  documentId: null,
  documentUrl: null,
  amount: null,
  failure: null,
  facts: {},
  details: null,
  ...given,
});
