import { type Api, call } from '../api.ts';

export type Thought = Api['POST /v1/connections/:connectionId/what-if/preview']['input']['body'];

/** What a change would do; nothing is stored. */
export const whatIf = (connectionId: string, body: Thought) =>
  call('POST /v1/connections/:connectionId/what-if/preview', { params: { connectionId }, body });
