import type { BlendedChange, Charge } from '../../domain/charge.ts';
import { compare, divide, isNegative, multiply, negate, subtract } from '../../domain/decimal.ts';
import type { Edit } from '../../domain/decision.ts';
import type { Item } from '../../domain/item.ts';
import { amountText, type Money, money, opposite } from '../../domain/money.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import type { FeeKind } from '../../domain/product.ts';
import type { Settings } from '../../domain/settings.ts';
import { roundedOnce, type Shape, shapeOf } from '../../domain/shape.ts';
import type { Need, NeedCode } from '../../domain/task.ts';
import type { PriceMove } from './price-change.ts';

export interface PriceOptions {
  charge: Charge;
  orderNumber: string;
  fee: FeeKind;
  edit: Edit;
  settings: Pick<Settings, 'priceFrom'>;
  taxBasis: 'exclusive' | 'inclusive' | 'none';
  baseCurrency: string;
  item: Item | null;
  /** The system's price in its base currency is wanted, whatever the charge is in. */
  inBaseCurrency?: boolean;
  /** What is done to the source's price before a person's figures are laid over it. */
  adjust?: (priced: Priced) => Priced;
}
export interface Priced {
  amount: Money;
  shape: Shape;
  discount: Edit['discount'];
  /** `billed`: the last billed price, kept by a person. */
  priceFrom: 'marketplace' | 'system' | 'person' | 'billed';
  steps: ExplanationStep[];
  /** It is not the price billed last, and nobody has said yet what shall be done. */
  asks?: { move: PriceMove; need: Need };
}
export type PriceResult = { ok: true; priced: Priced } | { ok: false; need: NeedCode };

/**
 * What a charge costs the customer, and how that came about. A person's price wins; then the
 * source that settings or an edit name. Nothing falls back to the other source: it asks.
 */
export function priceOf(options: PriceOptions): PriceResult {
  const { charge, orderNumber, edit } = options;
  const told: ExplanationStep = {
    step: 'charge',
    orderNumber,
    detailType: charge.detailType,
    quantity: charge.quantity,
    unitPrice: charge.unitPrice,
    amount: amountText(charge.amount),
    currency: charge.amount.currency,
  };
  const byPerson = isTyped(edit);
  const sourced = sourcePrice(options);
  const result = byPerson ? personPrice(options, sourced) : sourced;
  return result.ok
    ? { ok: true, priced: { ...result.priced, steps: [told, ...result.priced.steps] } }
    : result;
}

/** Whether a person typed what the line costs. */
export const isTyped = ({ unitPrice, quantity, discount }: Edit): boolean =>
  unitPrice !== undefined || quantity !== undefined || (discount ?? null) !== null;

/** The price of the source that a person or the settings name, in the document's currency. */
function sourcePrice(options: PriceOptions): PriceResult {
  const isSystem =
    options.inBaseCurrency === true ||
    (options.edit.priceFrom ?? options.settings.priceFrom) === 'system';
  const result = isSystem ? systemPrice(options) : marketplaceResult(options);
  const { adjust } = options;
  return result.ok && adjust !== undefined ? { ok: true, priced: adjust(result.priced) } : result;
}
const marketplaceResult = (options: PriceOptions): PriceResult => ({
  ok: true,
  priced: marketplacePrice(options),
});

/** The marketplace's extended amount wins over quantity times price; with tax where lines include it. */
function marketplacePrice({ charge, taxBasis }: PriceOptions): Priced {
  const tax = taxBasis === 'inclusive' ? charge.tax : null;
  const amount =
    tax === null
      ? charge.amount
      : { ...charge.amount, amountMinor: charge.amount.amountMinor + tax.amountMinor };
  const shape = shapeOf({ amount, quantity: charge.quantity, unitPrice: charge.unitPrice });
  const { share, period } = charge;
  const isPart = share !== null && !isNegative(share) && compare(share, '1') < 0;
  const steps: ExplanationStep[] = [
    // Already inside the amount: it says for which days, the effective day among them.
    ...(charge.blend === undefined ? [] : [blendStep(charge.blend, charge.amount)]),
    ...(isPart && charge.blend === undefined ? [{ step: 'share' as const, share, period }] : []),
    ...(tax === null ? [] : [{ step: 'tax-included' as const, tax: amountText(tax) }]),
  ];
  return {
    amount,
    shape,
    discount: null,
    priceFrom: 'marketplace',
    steps: [...steps, { step: 'shape', ...shape }],
  };
}

const blendStep = (blend: readonly BlendedChange[], amount: Money): ExplanationStep => ({
  step: 'blend',
  changes: blend.map(({ orderNumber, seats, from, amount: own }) => ({
    orderNumber,
    seats,
    from,
    amount: amountText(own),
  })),
  amount: amountText(amount),
});

/** Catalogue price times quantity times the marketplace's share of the period, rounded once. */
function systemPrice(options: PriceOptions): PriceResult {
  const { charge, fee, item, baseCurrency, inBaseCurrency = false } = options;
  const currency = inBaseCurrency ? baseCurrency : charge.amount.currency;
  if (item === null || item.price === null) return { ok: false, need: 'no-price' };
  if (currency !== baseCurrency) return { ok: false, need: 'currency-differs' };
  const periodic = fee === 'recurring';
  if (periodic && charge.share === null) return { ok: false, need: 'no-share' };
  const share = periodic && charge.share !== null ? charge.share : '1';
  const count = isNegative(charge.quantity) ? negate(charge.quantity) : charge.quantity;
  const exact = multiply(multiply(item.price, count), isNegative(share) ? negate(share) : share);
  const unsigned = money(exact, currency);
  const amount = charge.amount.amountMinor < 0n ? opposite(unsigned) : unsigned;
  const shape = shapeOf({ amount, quantity: count, unitPrice: item.price });
  const steps: ExplanationStep[] = [
    { step: 'price', from: 'system', unitPrice: item.price, source: item.code },
    ...(periodic ? [{ step: 'share' as const, share, period: charge.period }] : []),
    {
      step: 'round',
      ...roundedOnce(charge.amount.amountMinor < 0n ? negate(exact) : exact, currency),
    },
    { step: 'shape', ...shape },
  ];
  return { ok: true, priced: { amount, shape, discount: null, priceFrom: 'system', steps } };
}

/** What a person typed: their quantity and price, else those of the source, less their discount. */
function personPrice(options: PriceOptions, sourced: PriceResult): PriceResult {
  const { edit, adjust = (priced: Priced) => priced } = options;
  if (!sourced.ok && edit.unitPrice === undefined) return sourced;
  const source = sourced.ok ? sourced.priced : adjust(marketplacePrice(options));
  const given = source.shape;
  const { currency } = source.amount;
  const quantity = edit.quantity ?? given.quantity;
  const unitPrice = edit.unitPrice ?? given.unitPrice;
  const discount = edit.discount ?? null;
  const gross = multiply(quantity, unitPrice);
  const exact =
    discount === null
      ? gross
      : discount.kind === 'amount'
        ? subtract(gross, discount.value)
        : multiply(gross, divide(subtract('100', discount.value), '100', 18));
  const rounded = roundedOnce(exact, currency);
  // A rate beside figures that a person typed would tell a way that was not gone.
  const steps: ExplanationStep[] = [
    { step: 'price', from: 'person', unitPrice, source: quantity },
    ...(discount === null ? [] : [{ step: 'discount' as const, ...discount }]),
    { step: 'round', ...rounded },
    { step: 'shape', shape: 'quantity-price', quantity, unitPrice },
  ];
  return {
    ok: true,
    priced: {
      amount: money(rounded.amount, currency),
      shape: { shape: 'quantity-price', quantity, unitPrice },
      discount,
      priceFrom: 'person',
      steps,
    },
  };
}
