import { Hono } from 'hono';
import * as v from 'valibot';
import type { Marketplace } from '../index.ts';
import { ActionRefused } from '../scene.ts';
import { isTaken } from './installations.ts';
import { sessionToken } from './session.ts';

const ROLE_CHANGES_INSTALL = 'owner';
const SessionBody = v.strictObject({ module: v.string() });
const ACTIONS = ['install', 'remove', 'enable', 'disable', 'redact'] as const;
const TileBody = v.strictObject({ module: v.string(), action: v.picklist(ACTIONS) });

/** The marketplace's backend for its own pages: tokens for the frame, and the buttons of a tile. */
export function hostRoutes(marketplace: Marketplace): Hono {
  const { config, clock, installations, keys, tiles, visitors } = marketplace;
  const isTile = (module: string) => tiles.some((tile) => tile.module === module);
  const routes = new Hono();

  routes.get('/.well-known/jwks.json', async (context) =>
    context.json(await keys.publicSet(), 200, { 'Cache-Control': 'no-store' }),
  );

  // Only the marketplace's own page may ask: its cookie, its origin, JSON.
  routes.use('/host/*', async (context, next) => {
    const origin = context.req.header('Origin');
    if (origin && origin !== config.uiOrigin) return context.json({ message: 'wrong origin' }, 403);
    if (!context.req.header('Content-Type')?.startsWith('application/json'))
      return context.json({ message: 'JSON only' }, 415);
    await next();
    return undefined;
  });

  routes.post('/host/session-token', async (context) => {
    const body = v.safeParse(SessionBody, await context.req.json().catch(() => undefined));
    if (!body.success || !isTile(body.output.module))
      return context.json({ message: 'which module?' }, 400);
    const { visitor } = visitors.of(context.req.header('Cookie') ?? null);
    const installation = installations.of(visitor.tenant.tenantId);
    if (installation.state !== 'enabled')
      return context.json({ message: 'the app is not enabled' }, 409);
    const token = await sessionToken(
      {
        tenantId: visitor.tenant.tenantId,
        installationId: installation.installationId,
        user: visitor.user,
        sessionId: visitor.sessionId,
        module: body.output.module,
      },
      { config, keys, nowMs: clock.nowMs() },
    );
    return context.json({ token }, 200, { 'Cache-Control': 'no-store' });
  });

  routes.post('/host/tile', async (context) => {
    const body = v.safeParse(TileBody, await context.req.json().catch(() => undefined));
    if (!body.success || !isTile(body.output.module))
      return context.json({ message: 'which tile, and what to do?' }, 400);
    const { visitor } = visitors.of(context.req.header('Cookie') ?? null);
    if (visitor.user.role !== ROLE_CHANGES_INSTALL)
      return context.json({ message: 'Only the owner may install or remove apps.' }, 403);
    try {
      const { tenant, user } = visitor;
      const { module, action } = body.output;
      const answer = await {
        install: () => installations.addTile(tenant, module, user.id),
        remove: () => installations.removeTile(tenant, module, user.id),
        enable: () => installations.send({ tenant, event: 'enabled', actor: user.id }),
        disable: () => installations.send({ tenant, event: 'disabled', actor: user.id }),
        redact: () => installations.send({ tenant, event: 'redact', actor: user.id }),
      }[action]();
      if (isTaken(answer)) return context.json({ done: true });
      const said = answer.status === null ? 'did not answer' : `answered ${answer.status}`;
      return context.json(
        { message: `The app ${said}. Nothing was changed; try again in a moment.` },
        502,
      );
    } catch (error) {
      if (error instanceof ActionRefused) return context.json({ message: error.message }, 409);
      throw error;
    }
  });
  return routes;
}
