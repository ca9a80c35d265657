import type { Charge } from '../../domain/charge.ts';
import { divide } from '../../domain/decimal.ts';
import type { MarginFloor } from '../../domain/decision.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { amountText, type Money } from '../../domain/money.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import type { Need } from '../../domain/task.ts';
import { sellsBelowCost } from './below-cost.ts';
import type { Place } from './decisions.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

/** What a line's margin says: nothing where no floor is set for it. */
export interface MarginJudgement {
  needs: Need[];
  /** Below the floor, or not to be told, where the floor only warns. */
  warns: 'low' | 'unknown' | null;
  steps: ExplanationStep[];
}
const nothing: MarginJudgement = { needs: [], warns: null, steps: [] };

/**
 * The nearest floor: of the customer's product, the customer, the product, its vendor, else the
 * setting's. Null where there is none, or a person took it off for this one.
 */
export function floorOf(world: PlanWorld, place: Place, productKey: string): MarginFloor | null {
  const vendor = world.product(productKey)?.vendor ?? null;
  const decided =
    world.decisions.nearest('margin', place)?.value ??
    (vendor === null ? null : world.decisions.ofVendor(vendor)?.value) ??
    null;
  if (decided !== null) return decided.act === 'off' ? null : decided;
  const { marginFloor } = world.settings;
  return marginFloor.mode === 'off'
    ? null
    : { kind: 'margin', act: marginFloor.mode, percent: marginFloor.percent };
}

/**
 * Whether a positive line leaves as much over its cost as the floor wants. A cost that is not known, or
 * known in another currency only, is neither zero nor fine: it holds or warns like one below.
 */
export function marginOf(
  world: PlanWorld,
  { charge, net, cost, place }: { charge: Charge; net: Money; cost: Money | null; place: Place },
): MarginJudgement {
  const productKey = productKeyOf(charge);
  if (productKey === null || net.amountMinor <= 0n) return nothing;
  const floor = floorOf(world, place, productKey);
  if (floor === null) return nothing;
  const known = cost !== null && cost.currency === net.currency ? cost : null;
  const percent = String(floor.percent);
  const margin =
    known === null
      ? null
      : divide(String((net.amountMinor - known.amountMinor) * 100n), String(net.amountMinor), 1);
  const steps: ExplanationStep[] = [
    {
      step: 'margin',
      cost: known === null ? null : amountText(known),
      margin,
      floor: percent,
      currency: net.currency,
    },
  ];
  const isFine =
    known !== null &&
    (net.amountMinor - known.amountMinor) * 100n >= BigInt(floor.percent) * net.amountMinor;
  // At or below cost is a question of its own, whose answer holds for the margin too.
  if (isFine || (known !== null && sellsBelowCost(net, known))) return { ...nothing, steps };
  if (floor.act === 'warn') return { needs: [], warns: known === null ? 'unknown' : 'low', steps };
  const seen = `${net.amountMinor} ${known?.amountMinor ?? 'unknown'} ${percent}`;
  if (world.decisions.accepted('below-margin', charge.key).includes(seen))
    return { ...nothing, steps };
  const facts = {
    seen,
    sell: amountText(net),
    cost: known === null ? 'unknown' : amountText(known),
    margin: margin === null ? 'unknown' : `${margin} %`,
    floor: `${percent} %`,
    currency: net.currency,
  };
  return { needs: [need('below-margin', charge.key, facts, true)], warns: null, steps };
}
