import type { CustomerMappingRow, ProductMappingRow } from '../../server/http/views/mappings.ts';
import { dollar, euro } from './fixture-data.ts';
import { type Answers, bulk, changed, page } from './fixture-kit.ts';

export const target = {
  id: 'co1',
  name: 'Brightwater Logistics BV',
  detail: 'info@example.com',
  archived: false,
};
const customer = (
  id: string,
  name: string,
  more: Partial<CustomerMappingRow>,
): CustomerMappingRow => ({
  id,
  name,
  status: 'active',
  target: null,
  suggestion: null,
  monthly: [euro('420.00')],
  automatic: false,
  billedBy: 'x1',
  billFrom: null,
  waiting: [],
  excluded: null,
  billedBySchedule: null,
  ...more,
});
const product = (
  id: string,
  name: string,
  more: Partial<ProductMappingRow>,
): ProductMappingRow => ({
  id,
  productKey: id,
  name,
  vendor: 'Microsoft',
  partNumber: 'CFQ7TTC0LCHC',
  fee: null,
  target: null,
  suggestion: null,
  monthly: [euro('1204.10')],
  accountCode: null,
  taxType: null,
  excluded: null,
  ...more,
});
const suggestion = {
  targetId: 'co2',
  targetName: 'Hartmann Maschinenbau',
  scorePercent: 92,
  reason: 'same name without “GmbH”',
};

export const mappingAnswers = {
  'GET /v1/connections/:connectionId/mappings/customers': () =>
    page([
      customer('c5', 'Brightwater Logistics', {
        target,
        automatic: true,
        monthly: [euro('1904.00')],
      }),
      customer('c1', 'Hartmann Maschinenbau GmbH', {
        suggestion,
        waiting: [euro('12480.00')],
        monthly: [euro('12480.00')],
      }),
      customer('c2', 'Oakridge Dental Group', {
        target: { ...target, id: 'co4', name: 'Oakridge Dental Group' },
        monthly: [dollar('3120.50'), euro('20.00')],
        billedBy: 'x2',
      }),
      customer('c3', 'Café Lumière', {
        target: { ...target, id: 'co3', name: 'Café Lumière' },
        billedBySchedule: { amount: euro('96.20'), every: 'month', answered: false },
      }),
      customer('c4', 'Northwind, internal', {
        excluded: { reason: 'Own use', until: '2027-06-30' },
        billFrom: '2027-01-01',
        billedBy: null,
      }),
    ]),
  'PUT /v1/connections/:connectionId/mappings/customers': changed,
  'POST /v1/connections/:connectionId/mappings/customers/bulk': bulk,
  'GET /v1/connections/:connectionId/mappings/customers/:id/history': () => [
    {
      at: '2026-11-03T10:00:00Z',
      by: 'Anna de Vries',
      targetName: 'Brightwater Logistics BV',
      from: '2026-11-01',
      how: 'by hand',
    },
  ],
  'GET /v1/connections/:connectionId/mappings/products': () =>
    page([
      product('p1', 'Microsoft 365 Business Premium', {
        target: { id: 'i1', name: 'M365 Business Premium', detail: 'M365-BP', archived: false },
        accountCode: '200',
      }),
      product('p2', 'Microsoft 365 Business Premium', {
        fee: 'setup',
        suggestion: {
          ...suggestion,
          targetName: 'Onboarding',
          scorePercent: 71,
          reason: 'similar name',
        },
      }),
      product('p3', 'Acronis Cyber Protect', { vendor: 'Acronis', partNumber: null }),
    ]),
  'PUT /v1/connections/:connectionId/mappings/products': changed,
  'POST /v1/connections/:connectionId/mappings/products/bulk': bulk,
  'POST /v1/connections/:connectionId/mappings/products/create': bulk,
  'GET /v1/connections/:connectionId/mappings/products/:id/history': () => [],
  'POST /v1/connections/:connectionId/mappings/:kind/csv': () => ({
    changes: [
      { line: 2, name: 'Studio Kanaal', from: null, to: 'Studio Kanaal VOF', problem: null },
    ],
    valid: 1,
    invalid: 0,
    applied: false,
  }),
  'GET /v1/connections/:connectionId/targets/companies': () => [
    target,
    {
      id: 'co2',
      name: 'Hartmann Maschinenbau',
      detail: 'buchhaltung@example.com',
      archived: false,
    },
    { id: 'co4', name: 'Harting KG', detail: '', archived: true },
  ],
  'GET /v1/connections/:connectionId/targets/items': () => [
    { id: 'i1', name: 'M365 Business Premium', detail: 'M365-BP', archived: false },
  ],
} satisfies Partial<Answers>;
