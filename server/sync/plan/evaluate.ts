import type { Charge } from '../../domain/charge.ts';
import { isOfOpenLine, type Link } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import type { FeeKind } from '../../domain/product.ts';
import { rules } from '../../domain/rules/index.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import { standingRules } from '../../domain/rules/standing/index.ts';
import type { Place } from './decisions.ts';
import { type GroupResult, isOpen } from './draft-line.ts';
import { draw } from './draw.ts';
import { earlierWaits } from './earlier-waits.ts';
import { withEnds } from './ends.ts';
import { goingOnNeeds } from './going-on.ts';
import { monthsInParts } from './in-parts.ts';
import { leavingNeeds } from './leaving-needs.ts';
import { lineChanged } from './line-changed.ts';
import { isBilledAsMissing } from './missing-standing.ts';
import { need, orderNeeds, unclearNeed } from './needs.ts';
import { afterOrder, isOpenLine } from './open-lines.ts';
import { reversalOf } from './reversal.ts';
import { hasNoBlend, seatChangesWith } from './seat-changes.ts';
import { standingOf } from './standing.ts';
import type { PlanWorld } from './world.ts';

/** Evaluates one order against the world: pure, and the only judge of what a task still needs. */
export function evaluateOrder(world: PlanWorld, order: Order): GroupResult[] {
  const groups = evaluateAlone(world, order);
  if (world.manifest.kind === 'standing')
    for (const group of groups)
      if (isOpen(group))
        group.needs.push(
          ...lineChanged(world, order, group),
          ...earlierWaits(world, order, group, (earlier) => evaluateAlone(world, earlier)),
        );
  return groups;
}

/** As if no other order of its subscription waited. */
function evaluateAlone(world: PlanWorld, given: Order): GroupResult[] {
  const order = world.manifest.kind === 'standing' ? withEnds(world, given) : given;
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
  const shared = [...orderNeeds(world, order, ruling), ...leavingNeeds(world, order)];
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
  for (const { charge, reason } of ruling.left) {
    const group = groupOf(charge);
    const asks = reason === 'no-change' ? goingOnNeeds(world, order, charge, group) : [];
    if (asks.length === 0) group.left.push({ chargeKey: charge.key, reason });
    else group.needs.push(...asks);
  }
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
  if (live === null && world.blendOf(charge.key) !== null) {
    group.left.push({ chargeKey: charge.key, reason: 'blended' });
    return;
  }
  const changes =
    live === null ? seatChangesWith(world, order, charge, group.subscriptionId) : null;
  const isNetted = changes?.netted.has(charge.key) === true;
  if (isNetted && wanted.stands === undefined && wanted.sets === undefined) {
    group.left.push({ chargeKey: charge.key, reason: 'netted' });
    return;
  }
  if (live === null && monthsInParts(world, order, charge, group.subscriptionId) !== null) {
    group.left.push({ chargeKey: charge.key, reason: 'in-parts' });
    return;
  }
  draw(world, order, group, isNetted ? stepAlone(wanted) : wanted, next, where);
  if (changes !== null && hasNoBlend(world, changes))
    for (const line of group.lines)
      if (line.charge.key === charge.key)
        line.explanation.push({ step: 'apart', lines: changes.rest.length });
}

/** What comes to nothing with another change is charged by neither; the open line takes its step all the same. */
function stepAlone({ charge, fee, stands, sets }: Wanted): Wanted {
  if (sets === undefined || sets.unitPrice === null)
    return { charge, fee, ...(stands && { stands }), ...(sets && { sets }) };
  const { from, quantity, unitPrice } = sets;
  return { charge, fee, stands: { from, as: { quantity, unitPrice } } };
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
    // An open line comes back by its own next step: nothing of it stands apart.
    if (!isOfOpenLine(live)) group.lines.push(reversalOf(world, order, charge, fee, live));
    return 'corrected';
  }
  const document = live.documentNumber ?? live.documentId;
  const facts = { billed: live.revision, now, document, seen: now };
  group.needs.push(need('revision-changed', charge.key, facts));
  return 'stands';
}

/** The subscription a charge is for: told with it, chosen by a person, else the order's; null where several fit. */
export function subscriptionOf(world: PlanWorld, order: Order, charge: Charge): string | null {
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
