import { type Api, call } from '../api.ts';
import { resource } from './resource.ts';

export type OwnDraft = Api['POST /v1/connections/:connectionId/own-charges']['input']['body'];
type OwnStep = Api['POST /v1/connections/:connectionId/own-charges/:ownChargeId']['input']['body'];

export const ownCharges = resource(
  ['mappings'],
  (connectionId: string, search: string, page: string) =>
    call('GET /v1/connections/:connectionId/own-charges', {
      params: { connectionId },
      query: { search, page },
    }),
  { keepsRows: true },
);
export const addOwnCharge = (connectionId: string, draft: OwnDraft) =>
  call('POST /v1/connections/:connectionId/own-charges', {
    params: { connectionId },
    body: draft,
  });
export const changeOwnCharge = (connectionId: string, ownChargeId: string, step: OwnStep) =>
  call('POST /v1/connections/:connectionId/own-charges/:ownChargeId', {
    params: { connectionId, ownChargeId },
    body: step,
  });
/** Customers of the marketplace by name, with the company they are billed to. */
export async function searchCustomers(connectionId: string, search: string) {
  const found = await call('GET /v1/connections/:connectionId/mappings/customers', {
    params: { connectionId },
    query: { search },
  });
  if (!found.ok) return found;
  const targets = found.value.rows
    .filter(({ billedBy }) => billedBy === connectionId)
    .map(({ id, name, target }) => ({ id, name, detail: target?.name ?? '', archived: false }));
  return { ok: true as const, value: targets };
}
