import { call } from '../api.ts';
import { resource } from './resource.ts';

export const ahead = resource(['connection', 'tasks', 'mappings'], (connectionId: string) =>
  call('GET /v1/connections/:connectionId/ahead', { params: { connectionId } }),
);
