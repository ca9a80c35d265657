import { type Api, call, download, type LookFilter, type View } from '../api.ts';
import { resource } from './resource.ts';

type Said = Exclude<
  Api['POST /v1/connections/:connectionId/look/answers']['input']['body']['answer'],
  'link-exact'
>;

/** The filter travels as the text of its query, so that it can be compared. */
const filterOf = (text: string): LookFilter => Object.fromEntries(new URLSearchParams(text));

export const look = resource(
  ['run', 'tasks', 'mappings'],
  (connectionId: string, filter: string) =>
    call('GET /v1/connections/:connectionId/look', {
      params: { connectionId },
      query: filterOf(filter),
    }),
  { keepsRows: true },
);
export const startLook = (connectionId: string) =>
  call('POST /v1/connections/:connectionId/look', { params: { connectionId } });

export const answerFound = (connectionId: string, { id, seen }: View.FoundView, answer: Said) =>
  call('POST /v1/connections/:connectionId/look/answers', {
    params: { connectionId },
    body: { answer, id, seen },
  });
export const linkExact = (connectionId: string) =>
  call('POST /v1/connections/:connectionId/look/answers', {
    params: { connectionId },
    body: { answer: 'link-exact' },
  });
export const lookFile = (connectionId: string, filter: string) =>
  download('GET /v1/connections/:connectionId/look.csv', {
    params: { connectionId },
    query: filterOf(filter),
  });
