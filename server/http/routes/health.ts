import type { ErrorCode } from '../../domain/errors.ts';
import type { Mount } from '../mount.ts';

export interface HealthServices {
  /** Empty when the app can serve; else what is missing, in words without secrets. */
  notReady(): Promise<string[]>;
  /** Why nothing can be stored at the moment; what is there can still be seen. */
  refuses(): ErrorCode | null;
}

/** `/healthz`: the process answers. `/readyz`: it can serve, and whether the disk takes what is new. */
export function healthRoutes({ notReady, refuses }: HealthServices): Mount[] {
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
        return Response.json({ ready, missing, refuses: refuses() }, { status: ready ? 200 : 503 });
      },
    },
  ];
}
