import { call, type View } from '../api.ts';
import { resource } from './resource.ts';

export const openings = resource(
  ['tasks'],
  (connectionId: string, page: string) =>
    call('GET /v1/connections/:connectionId/openings', {
      params: { connectionId },
      query: page ? { page } : {},
    }),
  { keepsRows: true },
);
export type OpeningAnswer = NonNullable<View.OpeningView['answer']>;

export const answerOpenings = (
  connectionId: string,
  subscriptionIds: string[] | 'all',
  answer: OpeningAnswer,
) =>
  call('POST /v1/connections/:connectionId/openings', {
    params: { connectionId },
    body: { subscriptionIds, answer },
  });
