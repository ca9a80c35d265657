import { type Api, call } from '../api.ts';
import { resource } from './resource.ts';

export type Ticketing = Api['PUT /v1/connections/:connectionId/ticketing']['input']['body'];

/** `place` is what is chosen in the form, since some choices hang on others. */
export const ticketing = resource(
  ['connection'],
  (connectionId: string, board = '', type = '', issueType = '') =>
    call('GET /v1/connections/:connectionId/ticketing', {
      params: { connectionId },
      query: {
        ...(board === '' ? {} : { board }),
        ...(type === '' ? {} : { type }),
        ...(issueType === '' ? {} : { issueType }),
      },
    }),
);
export const saveTicketing = (connectionId: string, body: Ticketing) =>
  call('PUT /v1/connections/:connectionId/ticketing', { params: { connectionId }, body });
