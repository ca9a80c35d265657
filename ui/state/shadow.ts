import { type Api, call, type View } from '../api.ts';
import { resource } from './resource.ts';

type Filter = Api['GET /v1/connections/:connectionId/shadow/:month']['input']['query'];

/** The filter travels as the text of its query, so that it can be compared. */
const filterOf = (text: string): Filter => Object.fromEntries(new URLSearchParams(text));

export const shadow = resource(
  ['run', 'tasks', 'mappings'],
  (connectionId: string, month: string, filter: string) =>
    call('GET /v1/connections/:connectionId/shadow/:month', {
      params: { connectionId, month },
      query: filterOf(filter),
    }),
  { keepsRows: true },
);
export const shadowLines = resource(
  ['run', 'tasks', 'mappings'],
  (connectionId: string, month: string, customerId: string, page: string) =>
    call('GET /v1/connections/:connectionId/shadow/:month/customers/:customerId', {
      params: { connectionId, month, customerId },
      query: page === '' ? {} : { page },
    }),
  { keepsRows: true },
);
/** Bills the customer automatically from a day on, as the comparison was shown. */
export const switchOver = (
  connectionId: string,
  month: string,
  { customerId, seen }: View.ShadowCustomerView,
  from: string,
) =>
  call('POST /v1/connections/:connectionId/shadow/:month/switch', {
    params: { connectionId, month },
    body: { customerId, seen, from },
  });
