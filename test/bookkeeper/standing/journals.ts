import type { JournalEntry } from '../journal-entry.ts';
import type { HeldDocument, Known } from './held.ts';

// Journals of Autotask made by hand for the bookkeeper's own tests.

const app = 'api:ledgerport';
const person = 'person:reseller';

const entry = (kind: string, row: object, actor: string): JournalEntry => ({
  seq: 0,
  atMs: 0,
  kind,
  actor,
  data: { row },
});

export const contract = (more: Partial<HeldDocument> = {}): HeldDocument => ({
  id: '1',
  contact: 'contact-1',
  currency: 'AUD',
  months: 1,
  from: '2026-11-01',
  until: '2029-10-31',
  isOpen: true,
  ...more,
});

export const known = (...documents: HeldDocument[]): Known => ({
  currencies: {},
  documents: documents.length === 0 ? [contract()] : documents,
});

export const service = (
  id: number,
  {
    on = 1,
    item = 100,
    text = 'Product p1, 3',
    mark = `LP${String(id).padStart(16, '0')}`,
  }: { on?: number; item?: number; text?: string; mark?: string } = {},
): JournalEntry =>
  entry(
    'contractService.created',
    {
      id,
      contractID: on,
      serviceID: item,
      internalDescription: mark,
      invoiceDescription: text,
    },
    app,
  );

/** By a person: the app cannot. */
export const deleted = (id: number): JournalEntry =>
  entry('contractService.deleted', { id, contractID: 1, serviceID: 100 }, person);

export const adjustment = (
  service: number,
  effectiveDate: string,
  unitChange: number,
  adjustedUnitPrice: string,
  by: 'app' | 'person' = 'app',
): JournalEntry =>
  entry(
    'contractServiceAdjustment.created',
    { contractServiceID: service, effectiveDate, unitChange, adjustedUnitPrice },
    by === 'app' ? app : person,
  );

export const charge = (
  id: number,
  unitPrice: string,
  {
    on = 1,
    text = 'Product p1 (setup), 1',
    quantity = '1',
    verb = 'created',
    by = 'app',
    mark = `LP${String(id).padStart(16, '0')}`,
  }: {
    on?: number;
    text?: string;
    quantity?: string;
    verb?: 'created' | 'changed' | 'deleted';
    by?: 'app' | 'person';
    mark?: string;
  } = {},
): JournalEntry =>
  entry(
    `contractCharge.${verb}`,
    {
      id,
      contractID: on,
      name: text,
      description: text,
      unitQuantity: quantity,
      unitPrice,
      internalPurchaseOrderNumber: mark,
    },
    by === 'app' ? app : person,
  );
