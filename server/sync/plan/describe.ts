import type { BlendedChange, Charge } from '../../domain/charge.ts';
import { addDays } from '../../domain/dates.ts';
import { isNegative, normalized } from '../../domain/decimal.ts';
import type { Item } from '../../domain/item.ts';
import { amountText } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { FeeKind, Product } from '../../domain/product.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Shape } from '../../domain/shape.ts';

const feeWords: Readonly<Record<FeeKind, string | null>> = {
  recurring: null,
  setup: 'setup',
  cancellation: 'cancellation fee',
  overuse: 'usage',
};

interface DescribeOptions {
  charge: Charge;
  order: Order;
  fee: FeeKind;
  product: Product | null;
  item: Item | null;
  shape: Shape;
  settings: Pick<Settings, 'descriptionFrom' | 'trimDescription' | 'lineTemplate'>;
  textMax: number;
}

/**
 * The text of a line, without its mark. Trimmed, it is the product's name alone. What a reseller charges
 * beside the marketplace is called as they typed it.
 */
export function describe({
  charge,
  order,
  fee,
  product,
  item,
  shape,
  settings,
  textMax,
}: DescribeOptions): string {
  const full =
    order.type === 'own' ? charge.description : named({ charge, fee, product, item, settings });
  if (settings.trimDescription) return bounded(full, textMax);
  const text = fill(settings.lineTemplate, {
    product: full,
    text: charge.description,
    quantity: normalized(charge.quantity),
    from: charge.period?.start ?? '',
    // The period is half-open; people write the last day that is paid for.
    to: charge.period === null ? '' : addDays(charge.period.end, -1),
    purchaseOrder: order.purchaseOrder === null ? '' : `PO ${order.purchaseOrder}`,
    order: order.number,
  });
  if (charge.blend !== undefined) return bounded(`${text}${changesIn(charge.blend)}`, textMax);
  return bounded(shape.shape === 'single' ? `${text}${realFigures(charge)}` : text, textMax);
}

type Naming = Pick<DescribeOptions, 'charge' | 'fee' | 'product' | 'item' | 'settings'>;

function named({ fee, ...of }: Naming): string {
  const name = nameOf(of);
  const word = of.charge.class === 'credit' ? 'credit' : feeWords[fee];
  return word === null ? name : `${name} (${word})`;
}

/**
 * Fills `{name}` placeholders and tidies the separators that empty ones leave behind. Values come from
 * outside: no pattern here may look at the same spaces again and again.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  const text = template
    .replace(/\{(\w+)\}/g, (_whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? '') : '',
    )
    .replace(/\s{2,}/g, ' ')
    .replace(/\s-\s(?=,|$)|(?<=,)\s?-\s/g, ' ')
    .replace(/\s{2,}/g, ' ')
    .replace(/(,\s?)+(?=,|$)/g, '');
  return withoutSeparators(text).trim();
}

function withoutSeparators(text: string): string {
  let end = text.length;
  while (end > 0 && /[,\s-]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function nameOf({ charge, product, item, settings }: Omit<Naming, 'fee'>): string {
  const theirs = item === null ? null : (item.description ?? item.name);
  const ours =
    product?.name ?? (charge.description === '' ? charge.detailType : charge.description);
  return settings.descriptionFrom === 'system' ? (theirs ?? ours) : ours;
}

/** A line of quantity one says what the one stands for. */
function realFigures({ quantity, unitPrice, share }: Charge): string {
  const figures = [
    normalized(quantity),
    ...(unitPrice === null ? [] : [normalized(unitPrice)]),
    ...(share === null || normalized(share) === '1' ? [] : [normalized(share)]),
  ];
  return figures.length < 2 ? '' : ` (${figures.join(' x ')})`;
}

/** Of what a blended line is made: seats, since when, and the money of each. */
const changesIn = (blend: readonly BlendedChange[]): string =>
  ` (${blend
    .map(({ seats, from, amount }) => {
      const count = normalized(seats);
      return `${isNegative(count) ? '' : '+'}${count} from ${from}: ${amountText(amount)}`;
    })
    .join('; ')})`;

const bounded = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 3)}...`;
