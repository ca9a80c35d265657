// Hand-made documents of SimpleAPI 1.15, shaped as its description says, with made-up content.

export const money = (amount: string, currency = 'AUD') => ({ currency, amount });

export const detail = (changes: object = {}) => ({
  type: 'recurring',
  mpn: 'MS-BASIC-Y-M',
  productId: '5512',
  duration: { type: 'month', duration: 0.726 },
  description: '2 extra seats, part month',
  quantity: 2,
  unitPrice: money('9.90'),
  extendedPrice: money('14.37'),
  taxAmount: money('1.44'),
  exclusiveTaxAmount: money('1.44'),
  ...changes,
});

export const orderLine = (changes: object = {}) => ({
  id: '5512',
  mpn: 'MS-BASIC-Y-M',
  name: 'Mail Suite Basic seat',
  quantity: 2,
  subscriptionId: '2000431',
  billingPeriod: { type: 'month', duration: 1 },
  ...changes,
});

export const orderDocument = (changes: object = {}) => ({
  id: '3001188',
  orderNumber: 'CH004410',
  type: 'change',
  customerId: '1000777',
  status: 'completed',
  statusCode: 'CP',
  creationDate: '2026-10-12T03:14:00Z',
  total: money('14.37'),
  details: [detail()],
  ...changes,
});

/** The same in its detailed form. */
export const detailedOrder = (changes: object = {}) =>
  orderDocument({ products: [orderLine()], subscriptionId: '2000431', ...changes });

export const subscriptionDocument = (changes: object = {}) => ({
  id: '2000431',
  name: 'Mail Suite Basic',
  customerId: '1000777',
  status: 'active',
  renewalStatus: true,
  creationDate: '2026-03-04',
  renewalDate: '2027-03-04',
  expirationDate: '2027-03-04',
  lastModifiedDate: '2026-09-30',
  billingPeriod: { type: 'month', duration: 1 },
  subscriptionPeriod: { type: 'year', duration: 1 },
  ...changes,
});

export const customerDocument = (changes: object = {}) => ({
  id: '1000777',
  name: 'Harbour Dental',
  status: 'active',
  language: 'en',
  address: { streetAddress: '1 Quay', city: 'Perth', postalCode: '6000', countryCode: 'AU' },
  contactPersons: [
    {
      type: 'admin',
      firstName: 'A',
      lastName: 'B',
      email: 'admin@h.example',
      phoneNumber: '61##1#',
      login: 'root-login',
      password: 'hunter2!',
    },
    {
      type: 'billing',
      firstName: 'C',
      lastName: 'D',
      email: 'bills@h.example',
      phoneNumber: '61##2#',
    },
  ],
  ...changes,
});
