import {
  createSwitches,
  type FaultOptions,
  type FaultRequest,
  type ActiveFaults as Met,
  type FaultSwitches as Switches,
} from '../switches.ts';

/** Every fault, what the outside sees, and which requests it meets when no `method` is given. */
const FAULTS = {
  threshold: {
    scope: 'api',
    what: 'other vendors have used `used` (10000) of the 10,000 calls an hour: slow from 5,000, 429 at 10,000',
  },
  'thread-limit': {
    scope: 'api',
    what: 'the limit of calls at once for a tracking id and entity is `threads` (0) instead of 3',
  },
  'rate-limit': { scope: 'api', what: '429 with Retry-After (retryAfterS, 60)' },
  'server-error': { scope: 'api', what: '500 with an errors text of no use; nothing is done' },
  'server-error-html': { scope: 'api', what: '500 with an HTML page of a proxy; nothing is done' },
  maintenance: { scope: 'api', what: '503 with an HTML page' },
  'time-out-before-commit': { scope: 'write', what: 'the request hangs and is never applied' },
  'time-out-after-commit': {
    scope: 'write',
    what: 'the request is applied, then hangs; the answer is never sent',
  },
  'late-commit': {
    scope: 'write',
    what: 'the request hangs and is applied delayMs (60000) of sandbox time later',
  },
  slow: { scope: 'api', what: 'the answer comes after delayMs (3000)' },
  refused: { scope: 'write', what: '500 with errors: [message], as a refusal of Autotask' },
  'rights-revoked': {
    scope: 'api',
    what: 'the security level lacks the right for entity (every one): 403, or 500 with status: 500',
  },
  'rights-empty': {
    scope: 'query',
    what: 'the security level sees nothing of entity (every one): queries are empty, without an error',
  },
  'costs-hidden': {
    scope: 'api',
    what: "the security level has Can't read costs: costs are empty, and ignored on write",
  },
  'credentials-revoked': {
    scope: 'api',
    what: '401: the API user is inactive or its secret changed',
  },
  'tracking-id-refused': { scope: 'api', what: '401: the tracking identifier is not known' },
  'malformed-answer': {
    scope: 'api',
    what: 'field (the first one) of the first element has the wrong type',
  },
  'truncated-json': { scope: 'api', what: 'the body stops in the middle' },
} as const satisfies Record<string, { scope: 'api' | 'write' | 'query'; what: string }>;

export type FaultName = keyof typeof FAULTS;
export type ActiveFaults = Met<FaultName>;
export type FaultSwitches = Switches<FaultName>;

export const createFaultSwitches = (): FaultSwitches =>
  createSwitches({ product: 'Autotask', faults: FAULTS, meets });

/** A query is a POST that reads; every other POST, PATCH, PUT and DELETE writes. */
export const isWrite = ({ method, path }: FaultRequest): boolean =>
  method !== 'GET' && !/\/query(\/|$)/i.test(path);

function meets(name: FaultName, options: FaultOptions, request: FaultRequest): boolean {
  const { method, path } = request;
  const matches = (text: unknown) =>
    typeof text !== 'string' || path.toLowerCase().includes(text.toLowerCase());
  if (!matches(options.path)) return false;
  if (typeof options.entity === 'string' && !matches(`/${options.entity}`)) return false;
  if (typeof options.method === 'string') return options.method.toUpperCase() === method;
  const { scope } = FAULTS[name];
  return scope === 'api' || isWrite(request) === (scope === 'write');
}
