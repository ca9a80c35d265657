import { type Api, call, download, type View } from '../api.ts';
import { resource } from './resource.ts';

type Filter = Api['GET /v1/connections/:connectionId/months/:month']['input']['query'];

/** The filter travels as the text of its query, so that it can be compared. */
const filterOf = (text: string): Filter => Object.fromEntries(new URLSearchParams(text));

export const month = resource(
  ['run', 'tasks', 'connection'],
  (connectionId: string, of: string, filter: string) =>
    call('GET /v1/connections/:connectionId/months/:month', {
      params: { connectionId, month: of },
      query: filterOf(filter),
    }),
  { keepsRows: true },
);
/** Closes the month as it was shown. */
export const closeMonth = (connectionId: string, { month: of, seen }: View.MonthView) =>
  call('POST /v1/connections/:connectionId/months/:month/close', {
    params: { connectionId, month: of },
    body: { seen },
  });
export const reopenMonth = (connectionId: string, of: string) =>
  call('DELETE /v1/connections/:connectionId/months/:month/close', {
    params: { connectionId, month: of },
  });

export const statement = (connectionId: string, of: string) =>
  call('GET /v1/connections/:connectionId/months/:month/statement', {
    params: { connectionId, month: of },
  });
export const statementFile = (connectionId: string, of: string) =>
  download('GET /v1/connections/:connectionId/months/:month/statement.csv', {
    params: { connectionId, month: of },
  });
