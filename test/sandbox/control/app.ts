import { Hono } from 'hono';
import { ActionRefused } from '../marketplace/scene.ts';
import type { World } from '../world.ts';

/** Kill and Start of the app's process; refused where the app runs in the world's own process, or not at all. */
export function appRoutes(world: World): Hono {
  const routes = new Hono();
  const control = () => {
    const found = world.appControl();
    if (!found) throw new ActionRefused('the app does not run in a process of its own here');
    return found;
  };
  routes.get('/sandbox/app/state', (context) =>
    context.json(world.appControl()?.state() ?? { running: false, pid: null, starts: 0 }),
  );
  routes.post('/sandbox/app/kill', async (context) => {
    await control().kill();
    return context.json(control().state());
  });
  routes.post('/sandbox/app/start', async (context) => {
    await control().start();
    return context.json(control().state());
  });
  return routes;
}
