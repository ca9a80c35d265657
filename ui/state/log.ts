import { call, download, type LogFilter } from '../api.ts';
import { resource } from './resource.ts';

/** The filter travels as the text of its query, so that it can be compared. */
export const filterOf = (text: string): LogFilter => Object.fromEntries(new URLSearchParams(text));

export const log = resource(['log'], (filter: string) =>
  call('GET /v1/log', { query: filterOf(filter) }),
);
export const logFile = (filter: string) => download('GET /v1/log.csv', { query: filterOf(filter) });
export const kept = resource(['log'], () => call('GET /v1/kept-records', {}));
export const readDetails = (seq: number) =>
  call('GET /v1/log/:seq', { params: { seq: String(seq) } });
