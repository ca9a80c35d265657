import type { ErrorCode } from '../../domain/errors.ts';
import { jsonAnswer } from '../answer.ts';
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
      handle: async () => jsonAnswer(JSON.stringify({ status: 'ok' })),
    },
    {
      method: 'GET',
      path: '/readyz',
      routeClass: 'api',
      handle: async () => {
        const missing = await notReady();
        const ready = missing.length === 0;
        const said = JSON.stringify({ ready, missing, refuses: refuses() });
        return jsonAnswer(said, { status: ready ? 200 : 503 });
      },
    },
  ];
}
