import { call, type PreviewBody, type View } from '../api.ts';
import { resource } from './resource.ts';

export type Choice = PreviewBody['choice'];

export const readPreview = (connectionId: string, choice: Choice) =>
  call('POST /v1/connections/:connectionId/preview', {
    params: { connectionId },
    body: { choice },
  });

/** The preview of everything that is ready. */
export const previewAll = resource([], (connectionId: string) =>
  readPreview(connectionId, { kind: 'all' }),
);

/** What may be written of a preview: plans that need no answer. */
export const writable = (preview: View.PreviewView): View.PlanView[] =>
  preview.plans.filter(({ needs }) => needs.length === 0);

export const startRun = (connectionId: string, plans: readonly View.PlanView[]) =>
  call('POST /v1/connections/:connectionId/runs', {
    params: { connectionId },
    body: {
      parts: plans.map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds })),
    },
  });

export const runs = resource(['run'], (connectionId: string) =>
  call('GET /v1/connections/:connectionId/runs', { params: { connectionId } }),
);
export const run = resource(['run'], (connectionId: string, runId: string) =>
  call('GET /v1/connections/:connectionId/runs/:runId', { params: { connectionId, runId } }),
);
