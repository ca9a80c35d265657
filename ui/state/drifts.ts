import { call, type DriftBody } from '../api.ts';
import { resource } from './resource.ts';

export const drifts = resource(
  ['tasks'],
  (connectionId: string, page: string) =>
    call('GET /v1/connections/:connectionId/drifts', {
      params: { connectionId },
      query: page ? { page } : {},
    }),
  { keepsRows: true },
);
export type DriftAnswer = DriftBody['answer'];
export const answerDrift = (connectionId: string, body: DriftBody) =>
  call('POST /v1/connections/:connectionId/drifts', { params: { connectionId }, body });
