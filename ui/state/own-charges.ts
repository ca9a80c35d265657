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
