import { type CalendarDate, later, type ServicePeriod } from '../../domain/dates.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Plan, PlanLine } from '../../domain/plan.ts';
import type { ShadowLine } from '../../domain/shadow.ts';
import { goneRevision } from '../check/store-orders.ts';
import { evaluateSafely } from '../plan/evaluate-safely.ts';
import { planTasks } from '../plan/plan.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { ShadowSpan } from './shadow-world.ts';

/** The lines that automatic would have written for a span of days, document by document. */
export function plannedLines(world: PlanWorld, { from, until }: ShadowSpan): ShadowLine[] {
  const { plans } = planTasks(world, world.tasks());
  const isWithin = (day: CalendarDate): boolean => day >= from && day < until;
  const lines = plans.flatMap((plan) =>
    plan.lines.flatMap((line): ShadowLine[] => {
      const { orderNumber, productKey } = line;
      const placedOn = world.order(line.orderId)?.placedOn ?? from;
      if (!isWithin(billedOn(placedOn, line.period))) return [];
      return [
        {
          customerId: plan.customerId,
          productKey,
          ...namesOf(world, productKey, line.content.description),
          quantity: line.content.quantity,
          amount: netOf(line),
          orderNumber,
          document: plan.ref,
          waits: waitsOf(plan, line),
        },
      ];
    }),
  );
  return [...lines, ...undrawn(world, plans, isWithin)];
}

/** What cannot even be drawn, such as a product nobody mapped: at what the marketplace charges. */
function undrawn(
  world: PlanWorld,
  plans: readonly Plan[],
  isWithin: (day: CalendarDate) => boolean,
): ShadowLine[] {
  const drawn = new Set(plans.flatMap(({ lines }) => lines.map(({ chargeKey }) => chargeKey)));
  const blocked = new Set(plans.filter(isBlocked).flatMap(({ taskIds }) => taskIds));
  return world.tasks().flatMap((task): ShadowLine[] => {
    const order = blocked.has(task.id) ? world.order(task.orderId) : null;
    if (order === null) return [];
    const charges = new Map(order.charges.map((charge) => [charge.key, charge]));
    return evaluateSafely(world, order).flatMap((group) => {
      const left = new Set(group.left.map(({ chargeKey }) => chargeKey));
      const codes = [...new Set(group.needs.map(({ code }) => code))];
      if (codes.length === 0) return [];
      return group.chargeKeys.flatMap((key): ShadowLine[] => {
        const charge = charges.get(key);
        const isDone = charge === undefined || drawn.has(key) || left.has(key);
        if (isDone || world.linkState(key).live !== null || charge.revision === goneRevision)
          return [];
        if (!isWithin(billedOn(order.placedOn, charge.period))) return [];
        const productKey = productKeyOf(charge);
        return [
          {
            customerId: order.customerId,
            productKey,
            ...namesOf(world, productKey, charge.description),
            quantity: charge.quantity,
            amount: charge.amount,
            orderNumber: order.number,
            document: `blocked:${order.customerId}`,
            waits: codes,
          },
        ];
      });
    });
  });
}

/** What is ordered ahead belongs to the month it is for; what is rated afterwards, to its order's. */
const billedOn = (placedOn: CalendarDate, period: ServicePeriod | null): CalendarDate =>
  period === null ? placedOn : later(placedOn, period.start);

const isBlocked = ({ ref }: Plan): boolean => ref.startsWith('blocked:');

/** A document's own needs hold all its lines; one that is blocked names those of its customer. */
const waitsOf = ({ needs }: Plan, { chargeKey, subscriptionId, orderId, productKey }: PlanLine) => {
  const own = needs.filter(({ subject }) =>
    [chargeKey, subscriptionId, orderId, productKey].includes(subject),
  );
  return [...new Set((own.length > 0 ? own : needs).map(({ code }) => code))];
};

function namesOf(world: PlanWorld, productKey: string | null, text: string) {
  const mapping = productKey === null ? null : world.productMapping(productKey, 'recurring');
  const item = mapping?.targetId == null ? null : world.item(mapping.targetId);
  const product = productKey === null ? null : world.product(productKey);
  return { name: product?.name ?? text, itemCode: item?.code ?? null };
}

/** Where lines include their tax, the plan says how much of it that is. */
function netOf({ amount, explanation }: PlanLine): Money {
  const step = explanation.find((one) => one.step === 'tax-included');
  if (step?.step !== 'tax-included') return amount;
  const tax = money(step.tax, amount.currency);
  return { ...amount, amountMinor: amount.amountMinor - tax.amountMinor };
}
