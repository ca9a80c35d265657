import { type Api, call, type View } from '../api.ts';
import { resource } from './resource.ts';

export const letters = resource(
  ['mappings', 'connection', 'log'],
  (connectionId: string, page: string) =>
    call('GET /v1/connections/:connectionId/letters', {
      params: { connectionId },
      query: page ? { page } : {},
    }),
  { keepsRows: true },
);
export const saveLetterDay = (connectionId: string, day: number | null) =>
  call('PUT /v1/connections/:connectionId/letters', { params: { connectionId }, body: { day } });
export const switchLetters = (
  connectionId: string,
  customerIds: string[],
  state: View.LetterRow['state'],
) =>
  call('POST /v1/connections/:connectionId/letters/switch', {
    params: { connectionId },
    body: { customerIds, state },
  });
export const testLetter = (connectionId: string, customerId: string) =>
  call('POST /v1/connections/:connectionId/letters/test', {
    params: { connectionId },
    body: { customerId },
  });
type Answer = Api['POST /v1/connections/:connectionId/letters/answer']['input']['body'];
export const answerLetter = (connectionId: string, body: Answer) =>
  call('POST /v1/connections/:connectionId/letters/answer', { params: { connectionId }, body });
