import { call, type TaskViewName } from '../api.ts';
import { resource } from './resource.ts';

export const dashboard = resource(
  ['tasks', 'connection', 'mappings', 'run'],
  (connectionId: string) =>
    call('GET /v1/connections/:connectionId/dashboard', { params: { connectionId } }),
);
export const tasks = resource(
  ['tasks'],
  (connectionId: string, view: TaskViewName, search: string, page: string) =>
    call('GET /v1/connections/:connectionId/tasks', {
      params: { connectionId },
      query: { view, ...(search ? { search } : {}), ...(page ? { page } : {}) },
    }),
  { keepsRows: true },
);
/** The first page of what is ready, shown on the dashboard. */
export const readyTasks = resource(['tasks'], (connectionId: string) =>
  call('GET /v1/connections/:connectionId/tasks', {
    params: { connectionId },
    query: { view: 'ready' },
  }),
);

export const pause = (connectionId: string, paused: boolean) =>
  call('POST /v1/connections/:connectionId/pause', { params: { connectionId }, body: { paused } });
export const test = (connectionId: string) =>
  call('POST /v1/connections/:connectionId/test', { params: { connectionId } });
export const check = (connectionId: string) =>
  call('POST /v1/connections/:connectionId/check', { params: { connectionId } });
export const disconnect = (connectionId: string) =>
  call('DELETE /v1/connections/:connectionId', { params: { connectionId } });
export const setBillFrom = (connectionId: string, date: string, customerId?: string) =>
  call('PUT /v1/connections/:connectionId/bill-from', {
    params: { connectionId },
    body: { date, ...(customerId ? { customerId } : {}) },
  });
export const ignore = (connectionId: string, taskIds: string[], reason: string) =>
  call('POST /v1/connections/:connectionId/tasks/ignore', {
    params: { connectionId },
    body: { taskIds, reason },
  });
export const restore = (connectionId: string, taskIds: string[]) =>
  call('POST /v1/connections/:connectionId/tasks/restore', {
    params: { connectionId },
    body: { taskIds },
  });
export const answerUnclear = (connectionId: string, intentId: string, happened: boolean) =>
  call('POST /v1/connections/:connectionId/unclear/:intentId', {
    params: { connectionId, intentId },
    body: { happened },
  });
