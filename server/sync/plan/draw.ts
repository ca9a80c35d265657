import type { Charge } from '../../domain/charge.ts';
import {
  compare,
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  negate,
  round,
} from '../../domain/decimal.ts';
import type { LineContent } from '../../domain/document.ts';
import type { Portion } from '../../domain/link.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { amountText, type Money, money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { FeeKind } from '../../domain/product.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import { notExported } from '../../domain/settings.ts';
import { pricePlacesMax } from '../../domain/shape.ts';
import type { Need } from '../../domain/task.ts';
import { lineMarker, withLineMark } from '../markers.ts';
import { answeredPrice } from './answered-price.ts';
import { booksOf } from './books.ts';
import { costOf, unitCostOf } from './cost.ts';
import { convert, inCurrency } from './currency.ts';
import { mergedEdit, type Of, type Place } from './decisions.ts';
import { describe } from './describe.ts';
import type { GroupResult } from './draft-line.ts';
import { willOpen } from './ends.ts';
import { takePart, wholeOf } from './in-parts.ts';
import { marginOf } from './margin.ts';
import { chargeNeeds, need } from './needs.ts';
import { openLineMarker, openLineOf, standingShape } from './open-lines.ts';
import { isTyped, type Priced, priceOf, sellsBelowCost } from './price.ts';
import { taxBasisOf } from './tax.ts';
import type { PlanWorld } from './world.ts';

/** Makes the line of a charge that is to be billed, and says what it needs from a person first. */
export function draw(
  world: PlanWorld,
  order: Order,
  group: GroupResult,
  { charge, fee, stands, sets }: Wanted,
  portion: Portion,
  where: Place,
): void {
  const productKey = productKeyOf(charge);
  const mapping = productKey === null ? null : world.productMapping(productKey, fee);
  const item = mapping?.targetId == null ? null : world.item(mapping.targetId);
  const { edits, outdated } = editsOf(world, charge, fee, where);
  const edit = mergedEdit(edits);
  if (outdated !== null) group.needs.push(outdated);
  group.needs.push(
    ...chargeNeeds(world, {
      charge,
      productKey,
      mapping,
      item,
      recurs: (stands ?? sets) !== undefined,
    }),
  );
  // What a person typed has no other source; or they saw that the system has no price in this
  // currency, and took the marketplace's.
  const asTold =
    order.type === 'own' ||
    // What the line is to be is given whole.
    stands?.as !== undefined ||
    world.decisions.accepted('currency-differs', charge.key).length > 0;
  const whole = wholeOf(charge);
  const into = inCurrency(world, order, charge);
  if (into.kind === 'asks') {
    group.needs.push(into.need);
    return;
  }
  const settle = (source: Priced): Priced => {
    const about = { charge: whole, order, subscriptionId: group.subscriptionId, priced: source };
    const isCompared = stands?.as === undefined && !isTyped(edit);
    const answered = isCompared ? answeredPrice(world, about) : source;
    const here = into.kind === 'convert' ? convert(answered, into.conversion) : answered;
    return takePart(here, charge);
  };
  const priced = priceOf({
    charge: whole,
    orderNumber: charge.part?.orderNumber ?? order.number,
    fee,
    edit: asTold ? { ...edit, priceFrom: 'marketplace' } : edit,
    settings: world.settings,
    item,
    baseCurrency: world.connection.account.baseCurrency,
    taxBasis: taxBasisOf(world),
    inBaseCurrency: into.kind === 'system',
    adjust: settle,
  });
  if (!priced.ok) {
    group.needs.push(
      need(priced.need, charge.key, {
        currency: charge.amount.currency,
        item: item?.code ?? '',
        seen: charge.revision,
      }),
    );
    return;
  }
  const { priced: answered } = priced;
  const { asks = null } = answered;
  if (asks !== null) group.needs.push(asks.need);
  const { discount, priceFrom, steps } = answered;
  const open = stands || sets ? openLineOf(world, group.subscriptionId, charge) : null;
  const shape =
    stands?.as !== undefined
      ? { shape: 'quantity-price' as const, ...asGiven(stands.as, open) }
      : stands === undefined
        ? answered.shape
        : standingShape(world, answered.shape, answered);
  const amount =
    stands?.as === undefined
      ? answered.amount
      : money(multiply(stands.as.quantity, stands.as.unitPrice), charge.amount.currency);
  const isLeftOut = world.settings.zeroLines === 'leave-out' || stands?.as !== undefined;
  if (amount.amountMinor === 0n && isLeftOut) {
    if (sets !== undefined && !endsNothing(world, order, group, sets, open)) {
      // Nothing is to be paid once; the line takes its step all the same.
      const unitPrice = sets.unitPrice ?? open?.line.unitPrice ?? '0';
      const as = { quantity: sets.quantity, unitPrice };
      draw(world, order, group, { charge, fee, stands: { from: sets.from, as } }, portion, where);
      return;
    }
    const isAlready = open !== null && saysTheSame(open.line, shape);
    const isEnd = stands?.as !== undefined && willOpen(world, order, group.subscriptionId);
    if ((open === null && !isEnd) || isAlready) {
      group.left.push({ chargeKey: charge.key, reason: isAlready ? 'no-change' : 'zero' });
      return;
    }
  }
  const net = priceFrom === 'marketplace' ? charge.amount : amount;
  const cost = costOf(world, charge, fee, group.subscriptionId);
  if (cost !== null && sellsBelowCost(net, cost)) {
    const seen = `${net.amountMinor} ${cost.amountMinor}`;
    if (!world.decisions.accepted('below-cost', charge.key).includes(seen))
      group.needs.push(
        need(
          'below-cost',
          charge.key,
          {
            seen,
            sell: amountText(net),
            cost: amountText(cost),
            currency: net.currency,
          },
          true,
        ),
      );
  }
  const margin = order.type === 'own' ? null : marginOf(world, { charge, net, cost, place: where });
  group.needs.push(...(margin?.needs ?? []));
  const books = booksOf({
    edit,
    mapping,
    item,
    fee,
    settings: world.settings,
    reference: world.reference,
  });
  const openMarker = stands || sets ? openLineMarker(world, group.subscriptionId, charge) : null;
  const marker =
    stands && openMarker !== null
      ? openMarker
      : lineMarker(world.crypto, world.scope, charge.key, portion);
  const isStanding = world.manifest.kind === 'standing';
  const leaves = notExported(world.settings, world.manifest.standing?.exports);
  if (leaves.includes('products') && open === null)
    group.needs.push(need('products-not-exported', productKey ?? charge.key, {}));
  const product = productKey === null ? null : world.product(productKey);
  const text =
    edit.description ??
    describe({
      charge,
      order,
      fee,
      product,
      item,
      shape,
      settings: world.settings,
      textMax: world.manifest.limits.lineTextMax - markLengthMax,
    });
  const content = {
    description: withLineMark(text, marker),
    quantity: shape.quantity,
    unitPrice: shape.unitPrice,
    discount: discount ?? null,
    itemCode: item?.code ?? null,
    ...(isStanding
      ? {
          itemId: item?.id ?? null,
          unitCost:
            stands?.as === undefined
              ? unitCostIn(cost, amount, shape.quantity)
              : unitCostAfter(world, charge, group.subscriptionId, shape.quantity),
        }
      : {}),
    accountCode: books.accountCode,
    taxType: books.taxType,
    tracking: world.settings.tracking,
  };
  const standsOn = {
    lineId: open?.line.id ?? null,
    before: open === null ? null : { quantity: open.line.quantity, unitPrice: open.line.unitPrice },
  };
  group.lines.push({
    charge,
    order,
    portion,
    marker,
    fee,
    productKey,
    amount,
    priceFrom,
    subscriptionId: group.subscriptionId,
    content,
    ...(asks === null ? {} : { asks: asks.move }),
    ...(stands === undefined ? {} : { stands: { from: stands.from, ...standsOn } }),
    ...(sets === undefined || openMarker === null || endsNothing(world, order, group, sets, open)
      ? {}
      : {
          sets: {
            marker: openMarker,
            from: sets.from,
            ...standsOn,
            content: {
              ...content,
              description: withLineMark(text, openMarker),
              quantity: sets.quantity,
              unitPrice: sets.unitPrice ?? open?.line.unitPrice ?? '0',
              unitCost: unitCostAfter(world, charge, group.subscriptionId, sets.quantity),
              discount: null,
            },
          },
        }),
    ...(margin?.warns == null ? {} : { margin: margin.warns }),
    explanation: [
      ...steps,
      ...(margin?.steps ?? []),
      ...books.steps,
      ...edits.flatMap(({ value, by }) =>
        Object.entries(value.edit).map(([field, to]) => ({
          step: 'edited' as const,
          field,
          from: '',
          to: typeof to === 'string' ? to : JSON.stringify(to),
          by: by.kind === 'user' ? by.name : by.kind,
        })),
      ),
    ],
  });
}

/** A line that was never opened, and that no order before is about to open, has nothing to end. */
const endsNothing = (
  world: PlanWorld,
  order: Order,
  { subscriptionId }: GroupResult,
  sets: NonNullable<Wanted['sets']>,
  open: ReturnType<typeof openLineOf>,
): boolean => isZero(sets.quantity) && open === null && !willOpen(world, order, subscriptionId);

/** A line that ends keeps its price, by which it is known when it is opened again. */
const asGiven = (as: Figures, open: ReturnType<typeof openLineOf>): Figures => ({
  quantity: as.quantity,
  unitPrice: isZero(as.quantity) && open !== null ? open.line.unitPrice : as.unitPrice,
});

/** An ended line has no price. */
const saysTheSame = (line: Figures, { quantity, unitPrice }: Figures): boolean =>
  compare(line.quantity, quantity) === 0 &&
  (isZero(quantity) || compare(line.unitPrice, unitPrice) === 0);
type Figures = Pick<LineContent, 'quantity' | 'unitPrice'>;

/** A line's cost as one of its units costs it, of a credit negative; unknown stays unknown. */
function unitCostIn(cost: Money | null, amount: Money, quantity: Decimal): Decimal | null {
  if (cost === null || cost.currency !== amount.currency || isZero(quantity)) return null;
  const unit = divide(amountText(cost), quantity, pricePlacesMax);
  return amount.amountMinor < 0n && !isNegative(unit) ? negate(unit) : unit;
}

/** What a unit of the open line costs for a whole period, after a part of one was charged apart. */
function unitCostAfter(
  world: PlanWorld,
  charge: Charge,
  subscriptionId: string | null,
  count: Decimal,
): Decimal | null {
  const productKey = productKeyOf(charge);
  const { currency } = charge.amount;
  return productKey === null
    ? null
    : unitCostOf({ world, productKey, fee: 'recurring', subscriptionId, count, currency });
}

/**
 * The edits that apply: one made for a single charge only while that charge is what was edited; a
 * price kept for more than one, only for what recurs, since a setup or another fee has its own.
 */
function editsOf(
  world: PlanWorld,
  charge: Charge,
  fee: FeeKind,
  where: Place,
): { edits: Of<'edit'>[]; outdated: Need | null } {
  let outdated: Need | null = null;
  const edits = world.decisions.edits(where).flatMap((decision): Of<'edit'>[] => {
    const { scope, value } = decision;
    if (scope.kind === 'order') return [decision];
    if (scope.kind === 'charge') {
      const stands =
        scope.revision === charge.revision ||
        world.decisions.accepted('edit-outdated', charge.key).includes(charge.revision);
      if (!stands)
        outdated = need('edit-outdated', charge.key, {
          decision: decision.id,
          seen: charge.revision,
        });
      return [decision];
    }
    const { quantity: _quantity, unitPrice, discount, ...text } = value.edit;
    const keeps = fee === 'recurring' || fee === 'overuse';
    const price = {
      ...(unitPrice === undefined ? {} : { unitPrice: signedShare(unitPrice, charge, fee) }),
      ...(discount === undefined ? {} : { discount }),
    };
    return [{ ...decision, value: { ...value, edit: keeps ? { ...text, ...price } : text } }];
  });
  return { edits, outdated };
}

/** A kept price is for a whole period and for what is sold: a part of it is a part, a credit negative. */
function signedShare(unitPrice: string, { amount, share }: Charge, fee: FeeKind): string {
  const part =
    fee === 'recurring' && share !== null
      ? round(multiply(unitPrice, isNegative(share) ? negate(share) : share), pricePlacesMax)
      : unitPrice;
  return amount.amountMinor < 0n && !isNegative(part) ? negate(part) : part;
}

/** Room for the mark and its brackets at the end of a line's text. */
const markLengthMax = 24;
