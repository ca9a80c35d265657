import type { Charge } from '../../domain/charge.ts';
import { compare } from '../../domain/decimal.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { StoredOrder } from './stored-orders.ts';
import type { PlanWorld } from './world.ts';

/** A charge of a completed order; `age` counts the customer's charges from the newest on. */
export interface OfCustomer {
  order: StoredOrder;
  charge: Charge;
  age: number;
}

/** Charges for a whole period, the newest first, as a price is compared with them. */
export interface WholeCharges {
  all: readonly OfCustomer[];
  /** Null is of no subscription that its order tells. */
  bySubscription: ReadonlyMap<string | null, readonly OfCustomer[]>;
}

interface Indexed {
  whole: ReadonlyMap<string, WholeCharges>;
  changes: ReadonlyMap<string | null, readonly OfCustomer[]>;
}

const none: WholeCharges = { all: [], bySubscription: new Map() };
/** By what a world reads its orders from, so that worlds made from one another share it. */
const known = new WeakMap<PlanWorld['ordersOf'], Map<string, Indexed>>();

/** A customer's charges of one product that are for a whole period, or a monthly part of one. */
export const wholeCharges = (
  world: PlanWorld,
  customerId: string,
  productKey: string,
): WholeCharges => indexOf(world, customerId).whole.get(productKey) ?? none;

/** The charges of a subscription's change orders, the oldest first. */
export const changesOf = (
  world: PlanWorld,
  customerId: string,
  subscriptionId: string,
): readonly OfCustomer[] => indexOf(world, customerId).changes.get(subscriptionId) ?? [];

/** Each customer is walked once, whatever asks, so that a month of many orders does not walk all of them for each. */
function indexOf(world: PlanWorld, customerId: string): Indexed {
  const customers = known.get(world.ordersOf) ?? new Map<string, Indexed>();
  known.set(world.ordersOf, customers);
  const found = customers.get(customerId) ?? indexed(world, customerId);
  customers.set(customerId, found);
  return found;
}

function indexed(world: PlanWorld, customerId: string): Indexed {
  const whole: OfCustomer[] = [];
  const changes: OfCustomer[] = [];
  let age = 0;
  for (const order of world.ordersOf(customerId))
    for (const key of order.charges) {
      const charge = world.charge(key);
      if (charge === null) continue;
      const one = { order, charge, age };
      age += 1;
      if (order.type !== 'own' && isWhole(charge)) whole.push(one);
      if (order.type === 'change') changes.push(one);
    }
  return {
    whole: new Map(
      [...Map.groupBy(whole, ({ charge }) => productKeyOf(charge) ?? '')].map(
        ([productKey, all]) => [productKey, { all, bySubscription: bySubscription(all) }],
      ),
    ),
    changes: bySubscription(oldestFirst(changes)),
  };
}

const bySubscription = (
  charges: readonly OfCustomer[],
): ReadonlyMap<string | null, readonly OfCustomer[]> =>
  Map.groupBy(charges, ({ charge }) => charge.subscriptionId);

/** Orders the other way round; the charges of one stay as they stand. */
const oldestFirst = (charges: readonly OfCustomer[]): OfCustomer[] =>
  [...Map.groupBy(charges, ({ order }) => order.id).values()].toReversed().flat();

const isWhole = ({ class: kind, share, part }: Charge): boolean =>
  kind === 'recurring' && (part !== undefined || (share !== null && compare(share, '1') === 0));
