import { signal } from '@preact/signals';
import { type Api, call } from '../api.ts';
import { resource } from './resource.ts';

type Care = Api['PUT /v1/connections/:connectionId/tasks/care']['input']['body'];

/** The tasks whose arrangement is open; null while none is. */
export const caring = signal<readonly string[] | null>(null);
export const openCare = (taskIds: readonly string[]): void => {
  caring.value = taskIds;
};

export const people = resource([], () => call('GET /v1/people', {}));
export const saveCare = (connectionId: string, body: Care) =>
  call('PUT /v1/connections/:connectionId/tasks/care', { params: { connectionId }, body });

/** Who else has these tasks open; said while the page shows them. */
export const others = signal<readonly string[]>([]);
export async function beIn(connectionId: string, taskIds: string[]): Promise<void> {
  const result = await call('POST /v1/connections/:connectionId/tasks/presence', {
    params: { connectionId },
    body: { taskIds },
  });
  others.value = result.ok ? result.value.others : [];
}
