import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Marketplace } from '../marketplace/index.ts';
import type { Order } from '../marketplace/model.ts';
import { runBilling } from '../marketplace/orders/billing-run.ts';
import { cancelSubscription } from '../marketplace/orders/cancel.ts';
import { changeSeats } from '../marketplace/orders/change.ts';
import { completeOrder, stopOrder } from '../marketplace/orders/finish.ts';
import { migrateSubscription, placeOrder } from '../marketplace/orders/place.ts';
import { orderRaw } from '../marketplace/orders/raw.ts';
import { renewSubscription } from '../marketplace/orders/renew.ts';
import { orderUsage } from '../marketplace/orders/usage.ts';
import { ActionRefused, type Scene } from '../marketplace/scene.ts';
import { bulk } from './bulk.ts';
import type { OrderCommand } from './order-command.ts';

/** Carries out one command for a reseller (the first one unless told) and gives the orders it made or touched. */
export function orderCommand(
  marketplace: Marketplace,
  command: OrderCommand,
  actor: string,
): Order[] {
  const scene = marketplace.market.scene(command.tenantId ?? FIRST_TENANT_ID, actor);
  switch (command.action) {
    case 'place':
      return [placeOrder(scene, waiting(scene, command))];
    case 'change':
      return [changeSeats(scene, waiting(scene, command))];
    case 'cancel':
      return [cancelSubscription(scene, waiting(scene, command))];
    case 'renew':
      return [renewSubscription(scene, waiting(scene, command))];
    case 'migrate':
      return [migrateSubscription(scene, waiting(scene, command))];
    case 'usage':
      return [orderUsage(scene, command)];
    case 'billing-run':
      return runBilling(scene);
    case 'raw':
      return [orderRaw(scene, command)];
    case 'bulk':
      return bulk(scene, command);
    case 'complete': {
      const filed = open(scene, command.orderId);
      completeOrder(scene, filed);
      return [filed.order];
    }
    case 'fail':
    case 'call-off': {
      const filed = open(scene, command.orderId);
      stopOrder(scene, filed, command.action === 'fail' ? 'error' : 'cancelled');
      return [filed.order];
    }
    default:
      return command satisfies never;
  }
}

function waiting<T extends { completesInMinutes?: number }>(
  scene: Scene,
  command: T,
): T & { completesAtMs?: number } {
  const { completesInMinutes } = command;
  return completesInMinutes === undefined
    ? command
    : { ...command, completesAtMs: scene.atMs + completesInMinutes * 60_000 };
}

function open({ account }: Scene, orderId: string) {
  const filed = account.orders.find(({ order }) => order.id === orderId);
  if (!filed) throw new ActionRefused('there is no such order');
  if (!['submitted', 'processing', 'error'].includes(filed.order.status))
    throw new ActionRefused('the order is finished');
  return filed;
}
