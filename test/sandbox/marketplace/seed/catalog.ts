import type { Plan, PriceModel, Product, ProductPrice } from '../model.ts';
import {
  MONTH,
  OFFERINGS,
  type Offering,
  USAGE,
  type UsageOffering,
  WAYS,
  type WayToPay,
} from './offerings.ts';

export const CATALOG_SIZE = {
  tiny: { offerings: 1, usage: 1 },
  small: { offerings: 2, usage: 2 },
  full: { offerings: 18, usage: 6 },
};

/** The products and the plans that sell them. Ids are the catalogue's own and the same in every world. */
export function makeCatalog(size: { offerings: number; usage: number }): {
  products: Product[];
  plans: Plan[];
} {
  const sold = OFFERINGS.slice(0, size.offerings).flatMap((offering, index) =>
    WAYS.map((way, wayIndex) => seatProduct(offering, way, index * WAYS.length + wayIndex)),
  );
  const used = USAGE.slice(0, size.usage).map((usage, index) => usageProduct(usage, 100 + index));
  const products = [...sold, ...used];
  return { products, plans: products.map((product) => planFor(product, products)) };
}

function seatProduct(offering: Offering, way: WayToPay, index: number): Product {
  const minor = Math.round((offering.baseMinor * way.factorPercent) / 100);
  const list = (
    type: ProductPrice['type'],
    amounts: readonly { minor: number; lowerLimit: number }[],
    model: PriceModel,
  ) =>
    (['AUD', 'USD'] as const).flatMap((currency) =>
      amounts.map((price) => ({
        currency,
        amount: cents(currency === 'AUD' ? price.minor : Math.round((price.minor * 68) / 100)),
        type,
        model,
        lowerLimit: price.lowerLimit,
      })),
    );
  const model = offering.model ?? 'FLAT';
  const tiers = (full: number) =>
    model === 'FLAT'
      ? [{ minor: full, lowerLimit: 1 }]
      : [
          { minor: full, lowerLimit: 1 },
          { minor: Math.round((full * 92) / 100), lowerLimit: 11 },
          { minor: Math.round((full * 85) / 100), lowerLimit: 51 },
        ];
  const setup = offering.setupMinor ? [{ minor: offering.setupMinor, lowerLimit: 1 }] : [];
  return {
    mpn: `${offering.code}-${way.suffix}`,
    vendor: offering.vendor,
    id: String(5500 + index),
    serviceName: offering.service,
    name: `${offering.service}, ${way.label}`,
    minimumQuantity: '1',
    maximumQuantity: '500',
    prices: [...list('recurring', tiers(minor), model), ...list('setup', setup, 'FLAT')],
    costs: [
      ...list('recurring', tiers(Math.round((minor * 78) / 100)), model),
      ...list(
        'setup',
        setup.map((price) => ({ ...price, minor: Math.round((price.minor * 60) / 100) })),
        'FLAT',
      ),
    ],
    billingPeriod: way.billingPeriod,
    subscriptionPeriod: way.subscriptionPeriod,
    billingModel: way.billingModel,
    planId: String(10_000 + index),
    ...(offering.vendorCurrency ? { vendorCurrency: offering.vendorCurrency } : {}),
  };
}

function usageProduct(usage: UsageOffering, index: number): Product {
  const list = (factor: number): ProductPrice[] =>
    (['AUD', 'USD'] as const).map((currency) => ({
      currency,
      amount: `0.${String(Math.round(usage.unitTenThousandths * factor * (currency === 'AUD' ? 1 : 0.68))).padStart(4, '0')}`,
      type: 'overuse',
      model: 'FLAT',
      lowerLimit: 0,
    }));
  return {
    mpn: usage.code,
    vendor: usage.vendor,
    id: String(5500 + index),
    serviceName: usage.service,
    name: usage.service,
    minimumQuantity: '1',
    maximumQuantity: '1',
    prices: list(1),
    costs: list(0.8),
    billingPeriod: MONTH,
    subscriptionPeriod: MONTH,
    billingModel: 'chargeExternalRating',
    planId: String(10_000 + index),
  };
}

function planFor(product: Product, all: readonly Product[]): Plan {
  return {
    id: product.planId,
    name: product.name,
    shortDescription: `${product.vendor}: ${product.name}`,
    billingPeriod: product.billingPeriod,
    subscriptionPeriod: product.subscriptionPeriod,
    billingModel: product.billingModel,
    switchesTo: all
      .filter((other) => other.serviceName === product.serviceName && other.id !== product.id)
      .map((other) => other.planId),
  };
}

function cents(minor: number): string {
  return `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}
