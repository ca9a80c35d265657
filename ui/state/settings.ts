import { call, type View } from '../api.ts';
import { resource } from './resource.ts';

export type Settings = View.Settings;

export const settings = resource([], (connectionId: string) =>
  call('GET /v1/connections/:connectionId/settings', { params: { connectionId } }),
);
export const saveSettings = (connectionId: string, next: Settings) =>
  call('PUT /v1/connections/:connectionId/settings', {
    params: { connectionId },
    body: { settings: next },
  });
