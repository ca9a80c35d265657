import * as v from 'valibot';
import { instantSchema } from './dates.ts';
import { failureSchema } from './errors.ts';
import { moneySchema } from './money.ts';
import { actorSchema } from './tenant.ts';

export const logActions = [
  'installed',
  'enabled',
  'disabled',
  'uninstalled',
  'marketplace-connected',
  'marketplace-failed',
  'connected',
  'reconnected',
  'disconnected',
  'connection-broken',
  'circuit-opened',
  'circuit-closed',
  'settings-changed',
  'bill-from-set',
  'mapped',
  'unmapped',
  'suggested',
  'company-created',
  'item-created',
  'task-created',
  'task-asks',
  'task-ignored',
  'task-restored',
  'task-cared',
  'decided',
  'written',
  'changed',
  'approved',
  'sent',
  'rejected',
  'undone',
  'recovered',
  'adopted',
  'drift-found',
  'paused',
  'resumed',
  'check-failed',
  'record-kept',
  'set-aside',
  'automatic-switched',
  'own-charge',
  'looked',
  'imported',
  'waiting',
  'closed',
  'month-closed',
  'month-reopened',
  'second-asked',
  'second-given',
  'second-declined',
  'second-expired',
  'granted',
  'grant-taken',
  'limit-changed',
  'letter',
  'letters-switched',
  'ticket-opened',
  'ticket-solved',
  'ticket-refused',
  'users-attached',
  'users-removed',
  'users-refused',
] as const;
export type LogAction = (typeof logActions)[number];

export const logResults = ['ok', 'asks', 'waits', 'failed'] as const;

/** One fact of the Action log. It can never be edited; `seq` is without gap within the tenant. */
export const logEntrySchema = v.object({
  seq: v.number(),
  at: instantSchema,
  actor: actorSchema,
  action: v.picklist(logActions),
  result: v.picklist(logResults),
  connectionId: v.nullable(v.string()),
  customerId: v.nullable(v.string()),
  /** What it is about, as a person names it: order number, document number, customer. */
  subject: v.string(),
  taskId: v.nullable(v.string()),
  orderId: v.nullable(v.string()),
  documentId: v.nullable(v.string()),
  documentUrl: v.nullable(v.string()),
  amount: v.nullable(moneySchema),
  failure: v.nullable(failureSchema),
  /** Names that fill the catalogue's sentence. */
  facts: v.record(v.string(), v.string()),
  /** The plan with its explanations, or the system's own words. */
  details: v.unknown(),
});
export type LogEntry = v.InferOutput<typeof logEntrySchema>;
export type NewLogEntry = Omit<LogEntry, 'seq' | 'at'>;

/** An entry with what it has; all else is what most entries have: no money, no document, no failure. */
export const plainEntry = (
  given: Pick<NewLogEntry, 'actor' | 'action' | 'subject'> & Partial<NewLogEntry>,
): NewLogEntry => ({
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
