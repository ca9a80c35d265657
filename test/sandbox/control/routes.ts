import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { BODY_BYTES_MAX, JOURNAL_PAGE_MAX } from '../limits.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { ActionRefused } from '../marketplace/scene.ts';
import type { World } from '../world.ts';
import { appRoutes } from './app.ts';
import { bodyOf } from './body.ts';
import { ClockCommand, moveClock, readClock } from './clock.ts';
import { addCustomer, CustomerCommand, SubscriptionCommand, setSubscription } from './customers.ts';
import { described } from './described.ts';
import { hostControl } from './host.ts';
import { OrderCommand } from './order-command.ts';
import { orderCommand } from './orders.ts';
import { StoryCommand, tellStory } from './stories.ts';
import { userControl } from './users.ts';

const CONTROL = 'control';
const ResetBody = v.strictObject({
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  size: v.picklist(['tiny', 'small', 'full']),
});
const FaultBody = v.strictObject({ player: v.string(), name: v.string(), options: v.unknown() });
const WebhooksBody = v.strictObject({ on: v.boolean() });
const MailServerBody = v.strictObject({ refuses: v.boolean() });
const HideBody = v.strictObject({ hidden: v.boolean(), tenantId: v.exactOptional(v.string()) });

/** `/sandbox/*` and `/sandbox.json`: everything that a test or the controls page can do to the world. JSON in, JSON out. */
export function controlRoutes(world: World): Hono {
  const { marketplace } = world;
  const routes = new Hono();
  routes.onError((error, context) => {
    if (error instanceof ActionRefused || error instanceof RangeError)
      return context.json({ message: error.message }, 422);
    if (error instanceof v.ValiError)
      return context.json({ message: error.message, at: v.getDotPath(error.issues[0]) ?? '' }, 400);
    throw error;
  });
  routes.use('/sandbox/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  routes.use('/sandbox/*', async (context, next) => {
    // A form of another site cannot send JSON, so it cannot move this world.
    if (
      context.req.method === 'POST' &&
      !context.req.header('Content-Type')?.startsWith('application/json')
    )
      return context.json({ message: 'send JSON' }, 415);
    await next();
    return undefined;
  });

  routes.get('/sandbox.json', (context) => context.json(described(world)));
  routes.post('/sandbox/reset', async (context) => {
    world.reset(await bodyOf(context, ResetBody));
    return context.json({ done: true });
  });
  routes.get('/sandbox/clock', (context) => context.json(readClock(world.clock)));
  routes.post('/sandbox/clock', async (context) => {
    moveClock(world.clock, await bodyOf(context, ClockCommand));
    // Else a token signed at the new time meets an app that still lives in the old one.
    await world.appControl()?.clockHeard();
    return context.json(readClock(world.clock));
  });
  routes.post('/sandbox/orders', async (context) => {
    const command = await bodyOf(context, OrderCommand);
    marketplace.market.settle();
    return context.json({ orders: orderCommand(marketplace, command, CONTROL) });
  });
  routes.get('/sandbox/state', (context) => {
    marketplace.market.settle();
    const account = marketplace.market.account(context.req.query('tenantId') ?? FIRST_TENANT_ID);
    return context.json({
      ...account,
      customers: [...account.customers.values()],
      products: [...account.products.values()],
      plans: [...account.plans.values()],
      subscriptions: [...account.subscriptions.values()],
    });
  });
  routes.post('/sandbox/customers', async (context) =>
    context.json(addCustomer(marketplace, await bodyOf(context, CustomerCommand), CONTROL)),
  );
  routes.post('/sandbox/subscriptions', async (context) =>
    context.json(setSubscription(marketplace, await bodyOf(context, SubscriptionCommand), CONTROL)),
  );
  routes.post('/sandbox/hide-billing-orders', async (context) => {
    const { hidden, tenantId = FIRST_TENANT_ID } = await bodyOf(context, HideBody);
    marketplace.market.account(tenantId).hideBillingOrders = hidden;
    return context.json({ hidden });
  });
  routes.post('/sandbox/stories', async (context) => {
    marketplace.market.settle();
    return context.json(tellStory(world, await bodyOf(context, StoryCommand)));
  });
  routes.get('/sandbox/faults', (context) =>
    context.json(
      Object.fromEntries(world.players().map((player) => [player.name, player.faults()])),
    ),
  );
  routes.post('/sandbox/faults', async (context) => {
    const { player, name, options } = await bodyOf(context, FaultBody);
    const found = world.player(player);
    if (!found) throw new ActionRefused('there is no such player');
    found.setFault(name, options);
    return context.json(found.faults());
  });
  routes.get('/sandbox/journals/:player', (context) => {
    const player = world.player(context.req.param('player'));
    if (!player) return context.json({ message: 'there is no such player' }, 404);
    const after = Number(context.req.query('after') ?? 0);
    const limit = Math.min(
      Number(context.req.query('limit') ?? JOURNAL_PAGE_MAX),
      JOURNAL_PAGE_MAX,
    );
    if (!Number.isInteger(after) || !Number.isInteger(limit))
      return context.json({ message: 'after and limit are whole numbers' }, 400);
    const entries = player.journal().filter(({ seq }) => seq > after);
    return context.json({ entries: entries.slice(0, limit), total: entries.length });
  });
  routes.get('/sandbox/mails', (context) => context.json({ mails: world.mailbox.mails() }));
  routes.post('/sandbox/mail-server', async (context) => {
    const { refuses } = await bodyOf(context, MailServerBody);
    world.mailbox.refuses = refuses;
    return context.json({ refuses });
  });
  routes.post('/sandbox/webhooks', async (context) => {
    const { on } = await bodyOf(context, WebhooksBody);
    return context.json({ on: await world.systems.xero.webhooks.turn(on) });
  });
  routes.route('/', appRoutes(world));
  routes.route('/', userControl(world));
  routes.route('/', hostControl(world));
  routes.all('/sandbox/*', (context) => context.json({ message: 'there is no such control' }, 404));
  return routes;
}
