import { Hono } from 'hono';
import * as v from 'valibot';
import { TENANTS, type TenantConfig } from '../marketplace/config.ts';
import { LIFECYCLE_EVENTS } from '../marketplace/host/lifecycle.ts';
import { sessionToken } from '../marketplace/host/session.ts';
import { ActionRefused } from '../marketplace/scene.ts';
import type { World } from '../world.ts';
import { bodyOf } from './body.ts';

const laid = v.exactOptional(v.record(v.string(), v.unknown()));
const text = v.exactOptional(v.string());
const SwitchBody = v.strictObject({ userId: v.string() });
const RotateBody = v.strictObject({ drop: v.exactOptional(v.boolean()) });
const InstallBody = v.strictObject({
  tenantId: text,
  module: v.string(),
  action: v.picklist(['install', 'remove']),
  actor: text,
});
const LifecycleBody = v.strictObject({
  tenantId: text,
  actor: text,
  eventId: text,
  seq: v.exactOptional(v.number()),
  overrides: v.exactOptional(
    v.strictObject({
      claims: laid,
      header: laid,
      typ: text,
      body: v.exactOptional(v.unknown()),
      authorization: text,
      query: text,
      tries: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4))),
    }),
  ),
});
const SessionBody = v.strictObject({
  userId: v.string(),
  module: text,
  resource: text,
  sessionId: text,
  overrides: v.exactOptional(v.strictObject({ claims: laid, header: laid, typ: text })),
});

/** Users, installation, lifecycle events, session tokens and keys, also in ways that the pages never use them. */
export function hostControl({ marketplace }: World): Hono {
  const { clock, config, installations, keys, visitors } = marketplace;
  const routes = new Hono();
  routes.post('/sandbox/users/switch', async (context) => {
    const { visitor, setCookie } = visitors.switchTo((await bodyOf(context, SwitchBody)).userId);
    return context.json({ user: visitor.user, tenantId: visitor.tenant.tenantId }, 200, {
      'Set-Cookie': setCookie,
    });
  });
  routes.get('/sandbox/installations', (context) =>
    context.json(TENANTS.map(({ tenantId }) => installations.of(tenantId))),
  );
  routes.post('/sandbox/install', async (context) => {
    const { tenantId, module, action, actor } = await bodyOf(context, InstallBody);
    const tenant = tenantOf(tenantId);
    const who = actor ?? tenant.users[0]?.id ?? 'system';
    const answer = await (action === 'install'
      ? installations.addTile(tenant, module, who)
      : installations.removeTile(tenant, module, who));
    return context.json({ answer, installation: installations.of(tenant.tenantId) });
  });
  routes.post('/sandbox/lifecycle/:event', async (context) => {
    const event = LIFECYCLE_EVENTS.find((each) => each === context.req.param('event'));
    if (!event) return context.json({ message: 'there is no such event' }, 404);
    const { tenantId, actor = 'system', ...rest } = await bodyOf(context, LifecycleBody);
    const tenant = tenantOf(tenantId);
    const answer = await installations.send({ tenant, event, actor, ...rest });
    return context.json({ answer, installation: installations.of(tenant.tenantId) });
  });
  routes.post('/sandbox/session-token', async (context) => {
    const body = await bodyOf(context, SessionBody);
    const tenant = TENANTS.find(({ users }) => users.some(({ id }) => id === body.userId));
    const user = tenant?.users.find(({ id }) => id === body.userId);
    if (!tenant || !user) throw new ActionRefused('there is no such user');
    const token = await sessionToken(
      {
        tenantId: tenant.tenantId,
        installationId: installations.of(tenant.tenantId).installationId,
        user,
        sessionId: body.sessionId ?? `ses-${user.id}`,
        module: body.module ?? 'xero',
        resource: body.resource,
        overrides: body.overrides,
      },
      { config, keys, nowMs: clock.nowMs() },
    );
    return context.json({ token });
  });
  routes.post('/sandbox/keys/rotate', async (context) => {
    const kid = await keys.rotate(await bodyOf(context, RotateBody));
    return context.json({ kid });
  });
  return routes;
}

function tenantOf(tenantId: string | undefined): TenantConfig {
  const tenant = TENANTS.find((each) => each.tenantId === (tenantId ?? TENANTS[0]?.tenantId));
  if (!tenant) throw new ActionRefused('there is no such reseller');
  return tenant;
}
