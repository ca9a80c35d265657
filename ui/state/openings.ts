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
/** An answer that several subscriptions can share; a line is one subscription's. */
export type SharedAnswer = Exclude<OpeningAnswer, 'link'>;

/** Lines written by hand that a subscription may be billed on today. */
export const openingLines = resource(['tasks'], (connectionId: string, subscriptionId: string) =>
  call('GET /v1/connections/:connectionId/openings/:subscriptionId/lines', {
    params: { connectionId, subscriptionId },
  }),
);

export const linkOpening = (
  connectionId: string,
  subscriptionId: string,
  { documentId, lineId }: View.OpeningLineView,
) =>
  call('POST /v1/connections/:connectionId/openings', {
    params: { connectionId },
    body: { subscriptionIds: [subscriptionId], answer: 'link', documentId, lineId },
  });

export const answerOpenings = (
  connectionId: string,
  subscriptionIds: string[] | 'all',
  answer: SharedAnswer,
) =>
  call('POST /v1/connections/:connectionId/openings', {
    params: { connectionId },
    body: { subscriptionIds, answer },
  });
