import { momentOf } from '../../calendar.ts';
import {
  type Decimal,
  decimal,
  decimalText,
  negated,
  plus,
  rounded,
  times,
} from '../../decimal.ts';
import type { Currency, Discount, Money, OrderDetail, Product } from '../model.ts';

export const TAX_RATE: Record<Currency, string> = { AUD: '0.1', USD: '0' };
/** One of the customer's currency in the vendor's. */
const VENDOR_RATE: Record<Currency, string> = { AUD: '0.65', USD: '1.5385' };

export interface ChargeInput {
  type: string;
  product: Product;
  currency: Currency;
  quantity: string;
  unit: string;
  /** Before discount, whole period. */
  whole: Decimal;
  /** Part of the period, as decimal text; 1 for all of it. */
  share: string;
  durationType: string;
  description: string;
  discountPercent?: number;
  refund?: boolean;
  atMs: number;
}

/** One line of money. The extended price is after the discount and without tax; its tax is exclusive (10 % AUD, none USD). */
export function chargeDetail(input: ChargeInput): OrderDetail {
  const sign = (value: Decimal) => (input.refund ? negated(value) : value);
  const gross = rounded(times(input.whole, decimal(input.share)), 2);
  const percent = input.discountPercent ?? 0;
  const cut = rounded(times(gross, { units: BigInt(percent), scale: 2 }), 2);
  const net = sign(plus(gross, negated(cut)));
  const tax = rounded(times(net, decimal(TAX_RATE[input.currency])), 2);
  const money = (value: Decimal): Money => ({
    currency: input.currency,
    amount: decimalText(value),
  });
  const discount: Discount | undefined =
    percent === 0
      ? undefined
      : {
          type: 'percent',
          value: String(percent),
          amount: decimalText(sign(cut)),
          amountCode: input.currency,
        };
  return {
    type: input.type,
    mpn: input.product.mpn,
    productId: input.product.id,
    duration: { type: input.durationType, duration: Number(input.share) },
    description: input.description,
    quantity: Number(input.quantity),
    unitPrice: { currency: input.currency, amount: input.unit },
    extendedPrice: money(net),
    ...(discount ? { discount } : {}),
    taxAmount: money(tax),
    exclusiveTaxAmount: money(tax),
    ...salesSide({ input, net, tax }),
  };
}

/**
 * The `sales…` twins are the amounts in the vendor's currency, joined by `exchangeRate`; a reader that takes them for the
 * customer's amounts bills too little.
 */
function salesSide({ input, net, tax }: { input: ChargeInput; net: Decimal; tax: Decimal }) {
  const { vendorCurrency } = input.product;
  if (!vendorCurrency || vendorCurrency === input.currency) return {};
  const rate = decimal(VENDOR_RATE[input.currency]);
  const money = (value: Decimal, scale = 2): Money => ({
    currency: vendorCurrency,
    amount: decimalText(rounded(times(value, rate), scale)),
  });
  return {
    salesUnitPrice: money(decimal(input.unit), 4),
    salesExtendedPrice: money(net),
    salesTaxAmount: money(tax),
    salesExclusiveTaxAmount: money(tax),
    exchangeRate: Number(VENDOR_RATE[input.currency]),
    exchangeTime: momentOf(input.atMs),
  };
}
