import { Hono } from 'hono';
import * as v from 'valibot';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { customerOf } from '../marketplace/scene.ts';
import type { World } from '../world.ts';
import { bodyOf } from './body.ts';

const TellBody = v.strictObject({ told: v.boolean() });
const UserBody = v.strictObject({
  tenantId: v.exactOptional(v.string()),
  customerId: v.string(),
  what: v.picklist(['joins', 'leaves']),
});

/** Whether the marketplace tells its customers' users, and who comes and goes there. */
export function userControl(world: World): Hono {
  const { directory, market } = world.marketplace;
  const routes = new Hono();
  routes.post('/sandbox/tell-users', async (context) => {
    directory.isTold = (await bodyOf(context, TellBody)).told;
    // The operator sets the app up for another marketplace, so it starts anew.
    const app = world.appControl();
    if (app?.state().running) {
      await app.kill();
      await app.start();
    }
    return context.json({ told: directory.isTold });
  });
  routes.post('/sandbox/company-users', async (context) => {
    const { tenantId = FIRST_TENANT_ID, customerId, what } = await bodyOf(context, UserBody);
    const customer = customerOf(market.scene(tenantId, 'a customer'), customerId);
    const user = what === 'joins' ? directory.join(customer) : directory.leave(customer);
    return context.json({ customer: customer.name, what, user: user.email });
  });
  return routes;
}
