import { NumberText } from '../../json.ts';
import type { SeededRandom } from '../../random.ts';
import { momentValue, type Row, type Value } from '../row.ts';
import type { Tables } from '../tables.ts';
import type { Lookups } from './lookups.ts';

const MONTHLY = 2;
const YEARLY = 5;

/**
 * Of three products of the marketplace one is a service here with its part number, one only by a like name, one not at all;
 * beside them the tenant's own services, a bundle of two, and products for one-off charges.
 */
export function seedOffers(
  tables: Tables,
  of: {
    products: readonly { mpn: string; name: string }[];
    random: SeededRandom;
    lookups: Lookups;
    nowMs: number;
  },
): { known: Row[]; support: Row; bundle: Row } {
  const { random, lookups, nowMs } = of;
  const made = momentValue(nowMs);
  const price = () => new NumberText(`${random.integer(8, 60)}.${random.integer(10, 99)}`);
  const service = (name: string, more: Record<string, Value> = {}): Row =>
    tables.add('Services', {
      values: {
        name: name.slice(0, 150),
        description: name.slice(0, 400),
        invoiceDescription: name.slice(0, 1_000),
        billingCodeID: lookups.recurringCodeId,
        periodType: MONTHLY,
        unitPrice: price(),
        unitCost: new NumberText('5.50'),
        isActive: true,
        createDate: made,
        creatorResourceID: lookups.ownerId,
        lastModifiedDate: made,
        ...more,
      },
      udfs: {},
    });
  const known = of.products.flatMap(({ mpn, name }, index) => {
    if (index % 3 === 2) return [];
    return [index % 3 === 0 ? service(name, { sku: mpn }) : service(`${name} (monthly)`)];
  });
  const support = service('Managed support per seat', { unitPrice: new NumberText('35.00') });
  service('Backup per year', { periodType: YEARLY, unitPrice: new NumberText('480.00') });
  service('Old hosting', { isActive: false });
  const bundle = tables.add('ServiceBundles', {
    values: {
      name: 'Modern workplace',
      description: 'Licence and support together',
      invoiceDescription: 'Modern workplace',
      billingCodeID: lookups.recurringCodeId,
      periodType: MONTHLY,
      unitPrice: new NumberText('55.00'),
      unitCost: new NumberText('30.00'),
      isActive: true,
      createDate: made,
      creatorResourceID: lookups.ownerId,
      lastModifiedDate: made,
    },
    udfs: {},
  });
  for (const { id } of [support, ...known.slice(0, 1)])
    tables.add('ServiceBundleServices', {
      values: { serviceBundleID: bundle.id, serviceID: id },
      udfs: {},
    });
  seedProducts(tables, of);
  return { known, support, bundle };
}

function seedProducts(
  tables: Tables,
  of: { products: readonly { mpn: string; name: string }[]; lookups: Lookups },
): void {
  const product = (name: string, more: Record<string, Value> = {}) =>
    tables.add('Products', {
      values: {
        name: name.slice(0, 100),
        description: name,
        productBillingCodeID: of.lookups.materialCodeId,
        unitPrice: new NumberText('20.00'),
        unitCost: new NumberText('12.00'),
        isActive: true,
        isSerialized: false,
        billingType: 1,
        doesNotRequireProcurement: true,
        ...more,
      },
      udfs: {},
    });
  for (const { mpn, name } of of.products.slice(0, 4)) product(name, { sku: mpn });
  product('Setup of a subscription', { productBillingCodeID: of.lookups.setupCodeId });
  product('Retired router', { isActive: false });
  product('Labour (system)', { isSystem: true });
}
