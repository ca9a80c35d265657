import { call } from '../api.ts';
import { resource } from './resource.ts';

export const leaving = resource(
  ['tasks'],
  (connectionId: string, page: string) =>
    call('GET /v1/connections/:connectionId/leaving', {
      params: { connectionId },
      query: page ? { page } : {},
    }),
  { keepsRows: true },
);
