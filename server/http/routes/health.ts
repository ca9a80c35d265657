import type { Mount } from '../mount.ts';

export interface HealthServices {
  /** Empty when the app can serve; else what is missing, in words without secrets. */
  notReady(): Promise<string[]>;
}

/** `/healthz`: the process answers. `/readyz`: it can serve. */
export function healthRoutes({ notReady }: HealthServices): Mount[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      routeClass: 'api',
      handle: async () => Response.json({ status: 'ok' }),
    },
    {
      method: 'GET',
      path: '/readyz',
      routeClass: 'api',
      handle: async () => {
        const missing = await notReady();
        const ready = missing.length === 0;
        return Response.json({ ready, missing }, { status: ready ? 200 : 503 });
      },
    },
  ];
}
