import {
  type CreateItemsBody,
  type CustomerBulkBody,
  call,
  type DecisionFilter,
  download,
  type FeeKind,
  type MappingFilter,
  type ProductBulkBody,
  type View,
} from '../api.ts';
import { resource } from './resource.ts';

const filterOf = (text: string): MappingFilter => Object.fromEntries(new URLSearchParams(text));

export const customers = resource(
  ['mappings'],
  (connectionId: string, filter: string) =>
    call('GET /v1/connections/:connectionId/mappings/customers', {
      params: { connectionId },
      query: filterOf(filter),
    }),
  { keepsRows: true },
);
export const products = resource(
  ['mappings'],
  (connectionId: string, filter: string) =>
    call('GET /v1/connections/:connectionId/mappings/products', {
      params: { connectionId },
      query: filterOf(filter),
    }),
  { keepsRows: true },
);
/** What people decided and wanted to keep. */
export const decisions = resource(
  ['mappings', 'tasks'],
  (connectionId: string, kind: KeptKind, search: string, page: string) =>
    call('GET /v1/connections/:connectionId/decisions', {
      params: { connectionId },
      query: { kind, ...(search ? { search } : {}), ...(page ? { page } : {}) },
    }),
  { keepsRows: true },
);
export type KeptKind = NonNullable<DecisionFilter['kind']>;
export const removeDecision = (connectionId: string, decisionId: string) =>
  call('DELETE /v1/connections/:connectionId/decisions/:decisionId', {
    params: { connectionId, decisionId },
  });

export const mapCustomer = (
  connectionId: string,
  customerId: string,
  targetId: string | null,
  from?: string,
) =>
  call('PUT /v1/connections/:connectionId/mappings/customers', {
    params: { connectionId },
    body: { customerId, targetId, ...(from ? { from } : {}) },
  });
export const mapProduct = (
  connectionId: string,
  productKey: string,
  fee: FeeKind | null,
  targetId: string | null,
  from?: string,
) =>
  call('PUT /v1/connections/:connectionId/mappings/products', {
    params: { connectionId },
    body: { productKey, fee, targetId, ...(from ? { from } : {}) },
  });
export const changeCustomers = (connectionId: string, body: CustomerBulkBody) =>
  call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params: { connectionId },
    body,
  });
export const changeProducts = (connectionId: string, body: ProductBulkBody) =>
  call('POST /v1/connections/:connectionId/mappings/products/bulk', {
    params: { connectionId },
    body,
  });
export const createItems = (connectionId: string, items: CreateItemsBody['items']) =>
  call('POST /v1/connections/:connectionId/mappings/products/create', {
    params: { connectionId },
    body: { items },
  });
export const searchCompanies = (connectionId: string, search: string) =>
  call('GET /v1/connections/:connectionId/targets/companies', {
    params: { connectionId },
    query: { search },
  });
export const searchItems = (connectionId: string, search: string) =>
  call('GET /v1/connections/:connectionId/targets/items', {
    params: { connectionId },
    query: { search },
  });
export const history = (connectionId: string, kind: Kind, id: string) =>
  kind === 'customers'
    ? call('GET /v1/connections/:connectionId/mappings/customers/:id/history', {
        params: { connectionId, id },
      })
    : call('GET /v1/connections/:connectionId/mappings/products/:id/history', {
        params: { connectionId, id },
      });

export type Kind = 'customers' | 'products';
export const mappingFile = (connectionId: string, kind: Kind) =>
  download(`GET /v1/connections/:connectionId/mappings/${kind}.csv`, { params: { connectionId } });
export const readCsv = (connectionId: string, kind: Kind, text: string, apply: boolean) =>
  call('POST /v1/connections/:connectionId/mappings/:kind/csv', {
    params: { connectionId, kind },
    body: { text, apply },
  });
/** Customers of the marketplace by name: all, or those that are wanted. */
export async function searchCustomers(
  connectionId: string,
  search: string,
  isWanted: (customer: View.CustomerMappingRow) => boolean = () => true,
) {
  const found = await call('GET /v1/connections/:connectionId/mappings/customers', {
    params: { connectionId },
    query: { search },
  });
  if (!found.ok) return found;
  const value = found.value.rows
    .filter(isWanted)
    .map(({ id, name, target }) => ({ id, name, detail: target?.name ?? '', archived: false }));
  return { ok: true as const, value };
}
/** Products of the marketplace by name, each once; or the vendors of those that were found. */
export async function searchProducts(
  connectionId: string,
  what: 'product' | 'vendor',
  search: string,
) {
  const found = await call('GET /v1/connections/:connectionId/mappings/products', {
    params: { connectionId },
    query: { search },
  });
  if (!found.ok) return found;
  const targets = found.value.rows.flatMap(({ productKey, name, vendor }) => {
    if (what === 'product') return [{ id: productKey, name, detail: vendor ?? '' }];
    return vendor === null ? [] : [{ id: vendor, name: vendor, detail: '' }];
  });
  const once = [...new Map(targets.map((one) => [one.id, one])).values()];
  return { ok: true as const, value: once.map((one) => ({ ...one, archived: false })) };
}
