import { call } from '../api.ts';
import { resource } from './resource.ts';

export const marketplace = resource(['connection'], () => call('GET /v1/marketplace', {}));

export const saveAccess = (method: string, fields: Record<string, string>) =>
  call('PUT /v1/marketplace', { body: { method, fields } });
export const testAccess = () => call('POST /v1/marketplace/test', {});
