import { expect, test } from 'vitest';
import { customerDocument, money, subscriptionDocument } from './documents.ts';
import { json, pageOf, stubApi } from './stub-api.ts';

test('a customer is read without logins and passwords of its contacts', async () => {
  const api = stubApi((request) => pageOf([customerDocument()], request));
  const read = await api.marketplace.customers();
  expect(read.records).toEqual([
    {
      id: '1000777',
      name: 'Harbour Dental',
      externalId: null,
      status: 'active',
      taxNumber: null,
      email: 'bills@h.example',
      address: {
        street: '1 Quay',
        extension: '',
        city: 'Perth',
        state: '',
        postalCode: '6000',
        country: 'AU',
      },
    },
  ]);
});

test('an unreadable customer is kept, the others are read', async () => {
  const api = stubApi((request) =>
    pageOf(
      [
        customerDocument({ id: '2', name: 7 }),
        customerDocument({ id: '1', name: null }),
        customerDocument(),
      ],
      request,
    ),
  );
  const read = await api.marketplace.customers();
  expect(read.records.map(({ id }) => id)).toEqual(['2', '1000777']);
  expect(read.unreadable).toHaveLength(1);
  expect(read.unreadable[0]).toMatchObject({ what: 'customer', id: '1' });
  expect(read.unreadable[0]?.body).not.toMatch(/hunter2|root-login/);
});

test('T38: a record with a text that has no end is kept as unreadable', async () => {
  const endless = customerDocument({ id: '1', name: 'x'.repeat(5_000) });
  const api = stubApi((request) => pageOf([endless, customerDocument()], request));
  const read = await api.marketplace.customers();
  expect(read.records.map(({ id }) => id)).toEqual(['1000777']);
  expect(read.unreadable).toMatchObject([{ what: 'customer', id: '1' }]);
});

test('a product is read with its prices by kind and tier, and known by its part number without an id', async () => {
  const product = {
    mpn: 'P1',
    vendor: 'V',
    serviceName: 'svc',
    name: 'Seat',
    billingPeriod: { type: 'month', duration: 1 },
    subscriptionPeriod: { type: 'fortnight', duration: 1 },
    prices: [
      { ...money('9.90'), type: 'recurring', model: 'TIERED', lowerLimit: 10.0 },
      { ...money('5'), type: 'somethingElse' },
    ],
  };
  const api = stubApi((request) => pageOf([product, { name: 'nothing to know it by' }], request));
  const read = await api.marketplace.products();
  expect(read.records).toEqual([
    {
      id: 'part:P1',
      partNumber: 'P1',
      vendor: 'V',
      name: 'Seat',
      billingPeriod: { unit: 'month', count: 1 },
      term: { unit: 'unknown', count: 1 },
      prices: [{ currency: 'AUD', amount: '9.9', kind: 'recurring', fromQuantity: '10' }],
      costs: [],
    },
  ]);
  expect(read.unreadable).toHaveLength(1);
});

test('a subscription is read with what it holds, never its parameters', async () => {
  const detailed = subscriptionDocument({
    products: [
      {
        id: '5512',
        mpn: 'M',
        name: 'Seat',
        quantity: 12,
        unitPrice: money('9.90'),
        unitCost: money('7.40'),
      },
    ],
    orderParameters: [{ name: 'admin_login', value: 'root@x.example' }],
  });
  const api = stubApi(() => json(detailed));
  const { records } = await api.marketplace.subscription('2000431');
  expect(records[0]).toMatchObject({
    detailed: true,
    status: 'active',
    autoRenews: true,
    startDate: '2026-03-04',
    billingPeriod: { unit: 'month', count: 1 },
    products: [
      { productId: '5512', quantity: '12', unitPrice: '9.9', unitCost: '7.4', currency: 'AUD' },
    ],
  });
  expect(JSON.stringify(records)).not.toContain('root@x.example');
});
