import type { Fault } from '../../faults.ts';

/** What can go wrong with the marketplace's API. Each takes operation and times; others are named in the sentence. */
export const MARKETPLACE_FAULTS: readonly Fault[] = [
  { name: 'status-500', what: 'Answers 500 with an error document.' },
  { name: 'status-503', what: 'Answers 503; with retryAfterSeconds also that header.' },
  { name: 'html', what: 'Answers 200 with the HTML of a maintenance page.' },
  { name: 'error-document', what: 'Answers 200 with an error document instead of the data.' },
  { name: 'slow', what: 'Answers late, after ms milliseconds.' },
  { name: 'time-out', what: 'Never answers; gives up when the caller does, or after two minutes.' },
  { name: 'broken-json', what: 'Answers 200 with JSON that stops in the middle.' },
  { name: 'token-expired', what: 'Treats every token as expired: 401.' },
  { name: 'wrong-credentials', what: 'Refuses the API user and password: 401 on the token call.' },
  {
    name: 'rate-limit',
    what: 'Answers 429 with Retry-After of retryAfterSeconds, 20 unless told.',
  },
  { name: 'rate-limit-no-retry-after', what: 'Answers 429 without saying for how long.' },
  { name: 'day-quota', what: 'Answers 403 as if the quota of the day were used up.' },
  {
    name: 'malformed-record',
    what: 'Spoils one record: how is missing-field, unknown-enum or wrong-type; index in the page, 0 unless told; id picks one.',
  },
  { name: 'duplicate-records', what: 'Repeats the first record of each page at its end.' },
  {
    name: 'list-shift',
    what: 'After each page of orders places a new order, so that the next page begins one later.',
  },
];
