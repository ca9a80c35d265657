import type { OrderCommand } from '../../sandbox/control/order-command.ts';
import { orderCommand } from '../../sandbox/control/orders.ts';
import { ActionRefused } from '../../sandbox/marketplace/scene.ts';
import type { Scene } from '../scene.ts';
import type { Move } from './move.ts';

/** Customers order, change their minds and leave. */
export const orderMoves: readonly Move[] = [
  {
    name: 'order',
    weight: 9,
    run: async (scene) => {
      for (let left = scene.chance.moves.integer(1, 4); left > 0; left -= 1) place(scene);
    },
  },
  {
    name: 'change of seats',
    weight: 6,
    run: async (scene) => {
      const { moves } = scene.chance;
      const subscriptionId = anySubscription(scene);
      if (subscriptionId === null) return;
      command(scene, {
        action: 'change',
        subscriptionId,
        quantity: moves.integer(1, 12),
        ...waiting(scene),
      });
    },
  },
  {
    name: 'cancellation',
    weight: 3,
    run: async (scene) => {
      const subscriptionId = anySubscription(scene);
      if (subscriptionId === null) return;
      const refundSetup = scene.chance.moves.chance(30);
      command(scene, { action: 'cancel', subscriptionId, refundSetup, ...waiting(scene) });
    },
  },
  {
    name: 'billing run',
    weight: 3,
    run: async (scene) => command(scene, { action: 'billing-run' }),
  },
];

/** What would complete at some later moment does so now: nothing new happens by itself afterwards. */
export function completeAll(scene: Scene): void {
  for (const { order, completesAtMs } of accountOf(scene).orders)
    if (completesAtMs !== null && order.status === 'processing')
      command(scene, { action: 'complete', orderId: order.id });
}

function place(scene: Scene): void {
  const { moves } = scene.chance;
  const { customers, products } = accountOf(scene);
  command(scene, {
    action: 'place',
    customerId: moves.pick([...customers.keys()]),
    productId: moves.pick([...products.keys()]),
    quantity: moves.integer(1, 9),
    ...(moves.chance(30) ? { discountPercent: moves.integer(1, 40) } : {}),
    ...(moves.chance(25) ? { poNumber: `PO-${moves.integer(1, 99)}` } : {}),
    ...waiting(scene),
  });
}

function command(scene: Scene, given: OrderCommand): void {
  try {
    scene.world.marketplace.market.settle();
    const orders = orderCommand(
      scene.world.marketplace,
      { tenantId: scene.reseller.tenantId, ...given },
      'control',
    );
    scene.trace.note(
      `${given.action} ${orders.map(({ orderNumber, status }) => `${orderNumber} ${status}`).join(', ')}`,
    );
  } catch (error) {
    if (!(error instanceof ActionRefused) && !(error instanceof RangeError)) throw error;
    scene.trace.note(`${given.action}: ${error.message}`);
  }
}

/** Some orders take their time to complete. */
const waiting = ({ chance: { moves } }: Scene) =>
  moves.chance(25)
    ? { status: 'processing' as const, completesInMinutes: moves.integer(1, 3000) }
    : {};

const accountOf = ({ world, reseller }: Scene) =>
  world.marketplace.market.account(reseller.tenantId);
function anySubscription(scene: Scene): string | null {
  const active = [...accountOf(scene).subscriptions.values()].filter(
    ({ status }) => status === 'active',
  );
  return active.length === 0 ? null : scene.chance.moves.pick(active).id;
}
