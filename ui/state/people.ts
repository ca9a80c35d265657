import { call } from '../api.ts';
import { resource } from './resource.ts';

export const people = resource(['connection'], (connectionId: string) =>
  call('GET /v1/connections/:connectionId/people', { params: { connectionId } }),
);
export const setGrant = (connectionId: string, userId: string, granted: boolean) =>
  call('PUT /v1/connections/:connectionId/grants', {
    params: { connectionId },
    body: { userId, granted },
  });
/** The second person's answer to a run that waits. */
export const answerSecond = (connectionId: string, runId: string, answer: 'given' | 'declined') =>
  call('POST /v1/connections/:connectionId/runs/:runId/second', {
    params: { connectionId, runId },
    body: { answer },
  });
