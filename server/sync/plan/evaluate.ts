import type { Charge } from '../../domain/charge.ts';
import { isNegative, multiply, negate, round } from '../../domain/decimal.ts';
import type { LineContent } from '../../domain/document.ts';
import type { ChargeKey, Marker } from '../../domain/ids.ts';
import type { Link, Portion } from '../../domain/link.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Money } from '../../domain/money.ts';
import { amountText, money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { ExplanationStep, PlanLine } from '../../domain/plan.ts';
import type { FeeKind } from '../../domain/product.ts';
import { rules } from '../../domain/rules/index.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import { standingRules } from '../../domain/rules/standing/index.ts';
import { pricePlacesMax } from '../../domain/shape.ts';
import type { Need } from '../../domain/task.ts';
import { lineMarker, withLineMark } from '../markers.ts';
import { booksOf } from './books.ts';
import { costOf } from './cost.ts';
import { mergedEdit, type Of, type Place } from './decisions.ts';
import { describe } from './describe.ts';
import { isBilledAsMissing } from './missing-standing.ts';
import { chargeNeeds, need, orderNeeds, unclearNeed } from './needs.ts';
import { afterOrder, isOpenLine, openLineMarker, openLineOf, standingShape } from './open-lines.ts';
import { priceOf, sellsBelowCost } from './price.ts';
import { reversalOf } from './reversal.ts';
import { standingOf } from './standing.ts';
import type { PlanWorld } from './world.ts';

/** A line that is ready to go to a document. */
export interface DraftLine {
  charge: Charge;
  order: Order;
  portion: Portion;
  marker: Marker;
  fee: FeeKind;
  subscriptionId: string | null;
  productKey: string | null;
  content: LineContent;
  amount: Money;
  priceFrom: 'marketplace' | 'system' | 'person';
  explanation: ExplanationStep[];
  stands?: NonNullable<PlanLine['stands']>;
  sets?: NonNullable<PlanLine['sets']>;
}

/** What one order's charges of one subscription come to: written, left out, to write, or asking. */
export interface GroupResult {
  subscriptionId: string | null;
  chargeKeys: ChargeKey[];
  written: number;
  /** Charges that are no line, each with its reason. */
  left: { chargeKey: string; reason: string }[];
  lines: DraftLine[];
  needs: Need[];
  /** A write about the group is under way and nobody knows its outcome yet. */
  unknown: boolean;
}

/** Evaluates one order against the world: pure, and the only judge of what a task still needs. */
export function evaluateOrder(world: PlanWorld, order: Order): GroupResult[] {
  const accepted = (code: Parameters<typeof need>[0], subject: string): boolean =>
    world.decisions.accepted(code, subject).length > 0;
  const standing = {
    isOpenLine: (charge: Charge, as?: Parameters<typeof isOpenLine>[3]) =>
      isOpenLine(world, subscriptionOf(world, order, charge), charge, as),
    after: (of: Order, charge: Charge) =>
      afterOrder(world, of, charge, subscriptionOf(world, of, charge)),
  };
  const ruling =
    world.manifest.kind === 'standing'
      ? standingRules[order.type](order, { settings: world.settings, accepted, standing })
      : rules[order.type](order, { settings: world.settings, accepted });
  const shared = orderNeeds(world, order, ruling);
  const groups = new Map<string, GroupResult>();
  const groupOf = (charge: Charge): GroupResult => {
    const subscriptionId = subscriptionOf(world, order, charge);
    const key = subscriptionId ?? '';
    const group = groups.get(key) ?? {
      subscriptionId,
      chargeKeys: [],
      written: 0,
      left: [],
      lines: [],
      needs: [],
      unknown: false,
    };
    groups.set(key, group);
    group.chargeKeys.push(charge.key);
    return group;
  };
  for (const { charge, reason } of ruling.left)
    groupOf(charge).left.push({ chargeKey: charge.key, reason });
  for (const { charge, need: code } of ruling.held)
    if (charge !== null)
      groupOf(charge).needs.push(need(code, charge.key, { type: charge.detailType }));
  for (const wanted of ruling.wanted) place(world, order, groupOf(wanted.charge), wanted);
  if (groups.size === 0 && order.charges.length > 0 && ruling.held.length > 0)
    groups.set('', {
      subscriptionId: null,
      chargeKeys: order.charges.map(({ key }) => key),
      written: 0,
      left: [],
      lines: [],
      needs: [],
      unknown: false,
    });
  for (const group of groups.values()) if (isOpen(group)) group.needs.push(...shared);
  return [...groups.values()];
}

/** Whether anything of the group is neither written nor left out. */
export const isOpen = (group: GroupResult): boolean =>
  group.lines.length > 0 || group.written + group.left.length < group.chargeKeys.length;

function place(world: PlanWorld, order: Order, group: GroupResult, wanted: Wanted): void {
  const { charge, fee } = wanted;
  const where: Place = {
    charge,
    orderId: order.id,
    subscriptionId: group.subscriptionId,
    customerId: order.customerId,
  };
  const intent = world.openIntent(charge.key);
  if (intent !== null) {
    group.unknown = intent.state === 'unknown';
    if (intent.state === 'unclear') group.needs.push(unclearNeed(intent));
    return;
  }
  const { live, next } = world.linkState(charge.key);
  if (live !== null && placeLive(world, order, group, charge, fee, live) === 'stands') return;
  if (order.status !== 'completed') {
    // Nothing is billed from an order that is not, or no longer, completed.
    if (live === null) group.left.push({ chargeKey: charge.key, reason: `order-${order.status}` });
    return;
  }
  if (order.type !== 'missing' && isBilledAsMissing(world, charge, group.subscriptionId)) {
    group.unknown = true;
    return;
  }
  const standing = standingOf(world, order, charge, where);
  if (standing.kind === 'left') {
    group.left.push({ chargeKey: charge.key, reason: standing.reason });
    return;
  }
  if (standing.kind === 'asks') group.needs.push(standing.need);
  // Nobody knows what it would come to, which is not nothing.
  if (order.type === 'missing' && charge.unitPrice === null) return;
  draw(world, order, group, wanted, next, where);
}

/**
 * A billed charge stays as it is until its revision changes; then a person says whether it is kept or
 * corrected, and a correction begins with the mirror of what was written.
 */
function placeLive(
  world: PlanWorld,
  order: Order,
  group: GroupResult,
  charge: Charge,
  fee: FeeKind,
  live: Link,
): 'stands' | 'corrected' {
  const now = order.status === 'completed' ? charge.revision : `order-${order.status}`;
  const answers = world.decisions.accepted('revision-changed', charge.key);
  if (live.revision === now || answers.includes(`keep ${now}`)) {
    group.written += 1;
    return 'stands';
  }
  if (answers.includes(`correct ${now}`)) {
    group.lines.push(reversalOf(world, order, charge, fee, live));
    return 'corrected';
  }
  const document = live.documentNumber ?? live.documentId;
  const facts = { billed: live.revision, now, document, seen: now };
  group.needs.push(need('revision-changed', charge.key, facts));
  return 'stands';
}

function draw(
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
    order.type === 'own' || world.decisions.accepted('currency-differs', charge.key).length > 0;
  const priced = priceOf({
    charge,
    orderNumber: order.number,
    fee,
    edit: asTold ? { ...edit, priceFrom: 'marketplace' } : edit,
    settings: world.settings,
    item,
    baseCurrency: world.connection.account.baseCurrency,
    taxBasis: taxBasisOf(world),
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
  const { discount, priceFrom, steps } = priced.priced;
  const shape =
    stands?.as !== undefined
      ? { shape: 'quantity-price' as const, ...stands.as }
      : stands === undefined
        ? priced.priced.shape
        : standingShape(world, priced.priced.shape, priced.priced);
  const amount =
    stands?.as === undefined
      ? priced.priced.amount
      : money(multiply(stands.as.quantity, stands.as.unitPrice), charge.amount.currency);
  if (amount.amountMinor === 0n && world.settings.zeroLines === 'leave-out') {
    group.left.push({ chargeKey: charge.key, reason: 'zero' });
    return;
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
  const books = booksOf({
    edit,
    mapping,
    item,
    fee,
    settings: world.settings,
    reference: world.reference,
  });
  const open = stands || sets ? openLineOf(world, group.subscriptionId, charge) : null;
  const openMarker = stands || sets ? openLineMarker(world, group.subscriptionId, charge) : null;
  const marker =
    stands && openMarker !== null
      ? openMarker
      : lineMarker(world.crypto, world.scope, charge.key, portion);
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
    ...(world.manifest.kind === 'standing' ? { itemId: item?.id ?? null } : {}),
    accountCode: books.accountCode,
    taxType: books.taxType,
    tracking: world.settings.tracking,
  };
  const standsOn = {
    lineId: open?.line.id ?? null,
    before: open === null ? null : { quantity: open.line.quantity, unitPrice: open.line.unitPrice },
  };
  // A line that was never opened has nothing to end.
  const endsNothing = sets?.quantity === '0' && open === null;
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
    ...(stands === undefined ? {} : { stands: { from: stands.from, ...standsOn } }),
    ...(sets === undefined || openMarker === null || endsNothing
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
              discount: null,
            },
          },
        }),
    explanation: [
      ...steps,
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

function subscriptionOf(world: PlanWorld, order: Order, charge: Charge): string | null {
  if (charge.subscriptionId !== null) return charge.subscriptionId;
  const decided = world.decisions.nearest('subscription', {
    charge,
    orderId: order.id,
    subscriptionId: null,
    customerId: order.customerId,
  });
  return (
    decided?.value.subscriptionId ?? (charge.candidates.length > 1 ? null : order.subscriptionId)
  );
}

export const taxBasisOf = (world: PlanWorld): 'exclusive' | 'inclusive' | 'none' =>
  world.settings.taxBasis === 'organisation'
    ? world.connection.account.taxBasis
    : world.settings.taxBasis;

/** Room for the mark and its brackets at the end of a line's text. */
const markLengthMax = 24;
