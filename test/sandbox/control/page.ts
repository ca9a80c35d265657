import { Hono } from 'hono';
import { momentOf } from '../calendar.ts';
import { mailPage } from '../mail/page.ts';
import { pageContext, show } from '../marketplace/pages/routes.ts';
import { simulatorPage } from '../marketplace/pages/simulator.ts';
import { STORY_POINTS } from '../stories/points.ts';
import { SYSTEM_IDS } from '../systems.ts';
import type { World } from '../world.ts';

/** The page of the sandbox controls: it is about the whole world, so it is made here and not by the marketplace. */
export function controlPage(world: World): Hono {
  const { marketplace } = world;
  const routes = new Hono();
  routes.get('/simulator', (context) => {
    const page = pageContext(marketplace, context);
    marketplace.market.settle();
    const body = simulatorPage({
      account: marketplace.market.account(page.visitor.tenant.tenantId),
      now: momentOf(world.clock.nowMs()),
      origin: world.origin(),
      app: world.appControl()?.state(),
      organisations: world.systems.xero.organisations().map(({ name }) => name),
      points: STORY_POINTS,
      usersTold: marketplace.directory.isTold,
      players: [
        { name: 'marketplace', url: world.urls.marketplace, faults: marketplace.faults() },
        ...SYSTEM_IDS.map((id) => ({
          name: id,
          url: world.urls.systems[id],
          faults: world.systems[id].faults(),
        })),
      ],
    });
    return show(marketplace, context, { title: 'Sandbox controls', body, page });
  });
  routes.get('/mailbox', (context) => {
    const page = pageContext(marketplace, context);
    const body = mailPage(world.mailbox.mails());
    return show(marketplace, context, { title: 'Mailbox', body, page });
  });
  return routes;
}
