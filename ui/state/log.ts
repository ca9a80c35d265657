import { signal } from '@preact/signals';
import { call, download, type LogFilter } from '../api.ts';
import { searchOn } from './log-search.ts';
import { resource } from './resource.ts';

/** The filter travels as the text of its query, so that it can be compared. */
export const filterOf = (text: string): LogFilter => Object.fromEntries(new URLSearchParams(text));

/** Entries that the text search under way has looked through. */
export const searched = signal(0);
let question = 0;

export const log = resource(['log'], (filter: string) => {
  question += 1;
  const mine = question;
  const isCurrent = () => mine === question;
  searched.value = 0;
  return searchOn({
    ask: (query) => call('GET /v1/log', { query }),
    query: filterOf(filter),
    told: (scanned) => {
      if (isCurrent()) searched.value = scanned;
    },
    isCurrent,
  });
});
export const logFile = (filter: string) => download('GET /v1/log.csv', { query: filterOf(filter) });
export const parts = resource(['log'], () => call('GET /v1/log-parts', {}));
export const partFile = (number: number) =>
  download('GET /v1/log-parts/:number', { params: { number: String(number) } });
export const kept = resource(['log'], () => call('GET /v1/kept-records', {}));
export const tryKept = (ids: string[]) =>
  call('POST /v1/kept-records', { body: { do: 'again', ids } });
export const ignoreKept = (ids: string[], reason: string) =>
  call('POST /v1/kept-records', { body: { do: 'ignore', ids, reason } });
export const readDetails = (seq: number) =>
  call('GET /v1/log/:seq', { params: { seq: String(seq) } });
