import { call, download } from '../api.ts';
import { resource } from './resource.ts';

const queryOf = (before: string) => (before === '' ? {} : { before });

export const audit = resource(['log'], (before: string) =>
  call('GET /v1/audit', { query: queryOf(before) }),
);
export const auditCheck = resource([], () => call('GET /v1/audit/check', {}));
export const auditFile = (before: string) =>
  download('GET /v1/audit.csv', { query: queryOf(before) });
