import { addMonths, dateOf } from '../../calendar.ts';
import type { SeededRandom } from '../../random.ts';
import { scaled } from '../amounts.ts';
import type { Line, Organisation, RepeatingInvoice } from '../state.ts';
import { accountsFor, taxRatesFor } from './chart.ts';
import { contactsFor } from './contacts.ts';
import { itemsFor } from './items.ts';

export interface SeedNames {
  customers: string[];
  products: { mpn: string; name: string }[];
}

const PLANS = [
  {
    name: 'Demo Company (AU)',
    version: 'AU',
    currency: 'AUD',
    isDemo: true,
    zone: 'AUSEASTERNSTANDARDTIME',
  },
  {
    name: 'Cloud Reseller Services',
    version: 'AU',
    currency: 'AUD',
    isDemo: false,
    zone: 'AUSEASTERNSTANDARDTIME',
  },
  {
    name: 'Cloud Reseller (US)',
    version: 'US',
    currency: 'USD',
    isDemo: false,
    zone: 'EASTERNSTANDARDTIME',
  },
] as const;
const CURRENCIES = { AUD: 'Australian Dollar', USD: 'United States Dollar' } as const;

/** Three organisations: a demo company and a real one in Australian dollars, one in US dollars. */
export function seedOrganisations(options: {
  random: SeededRandom;
  guid(): string;
  nowMs: number;
  names: SeedNames;
}): Organisation[] {
  return PLANS.map((plan) => {
    const nowMs = options.nowMs - 30 * 86_400_000;
    const { random, guid } = options;
    const sales = 'OUTPUT';
    const contacts = contactsFor({ customers: options.names.customers, random, guid, nowMs });
    const codes = plan.currency === 'AUD' ? (['AUD', 'USD'] as const) : (['USD', 'AUD'] as const);
    const billed = contacts[1];
    return {
      tenantId: guid(),
      name: plan.name,
      isDemo: plan.isDemo,
      version: plan.version,
      countryCode: plan.version,
      baseCurrency: plan.currency,
      currencies: codes.map((code) => ({ code, description: CURRENCIES[code] })),
      timezone: plan.zone,
      shortCode: `!${random.hex(5)}`,
      emailsADay: plan.isDemo ? 0 : 1_000,
      emailed: { day: '', count: 0 },
      periodLockDate: undefined,
      createdMs: nowMs,
      contacts: new Map(contacts.map((contact) => [contact.id, contact])),
      accounts: accountsFor({ sales, guid, currency: plan.currency, nowMs }),
      taxRates: taxRatesFor(plan.version),
      items: new Map(
        itemsFor({ products: options.names.products, random, guid, nowMs }).map((item) => [
          item.id,
          item,
        ]),
      ),
      trackingCategories: [
        {
          id: guid(),
          name: 'Region',
          options: ['North', 'South', 'West'].map((name) => ({ id: guid(), name })),
        },
        {
          id: guid(),
          name: 'Team',
          options: ['Cloud', 'Projects'].map((name) => ({ id: guid(), name })),
        },
      ],
      brandingThemes: ['Standard', 'Cloud services'].map((name) => ({
        id: guid(),
        name,
        createdMs: nowMs,
      })),
      documents: new Map(),
      payments: new Map(),
      allocations: new Map(),
      repeating: billed
        ? [repeatingFor({ contactId: billed.id, guid, currency: plan.currency, nowMs })]
        : [],
      nextNumber: { invoice: 1, creditnote: 1 },
    };
  });
}

/** A template that already bills a customer every month, so that a connector must notice it. */
function repeatingFor(options: {
  contactId: string;
  guid(): string;
  currency: string;
  nowMs: number;
}): RepeatingInvoice {
  const today = dateOf(options.nowMs);
  const line: Line = {
    id: options.guid(),
    description: 'Cloud services, monthly',
    quantity: 10_000n,
    unitAmount: scaled('480', 4),
    itemCode: undefined,
    accountCode: '200',
    taxType: 'OUTPUT',
    taxAmount: options.currency === 'AUD' ? 4_800n : 3_840n,
    lineAmount: 48_000n,
    discountRate: undefined,
    discountAmount: undefined,
    tracking: [],
  };
  return {
    id: options.guid(),
    contactId: options.contactId,
    reference: 'Monthly cloud services',
    currencyCode: options.currency,
    lineAmountTypes: 'Exclusive',
    lines: [line],
    subTotal: line.lineAmount,
    totalTax: line.taxAmount,
    total: line.lineAmount + line.taxAmount,
    startDate: addMonths(today, -6),
    nextDate: addMonths(today, 2),
    period: 1,
    unit: 'MONTHLY',
  };
}
