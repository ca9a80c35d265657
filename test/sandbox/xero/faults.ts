import {
  createSwitches,
  type FaultOptions,
  type FaultRequest,
  type ActiveFaults as Met,
  type FaultSwitches as Switches,
} from '../switches.ts';

type FaultScope = 'api' | 'write' | 'token';

interface FaultDefinition {
  what: string;
  scope: FaultScope;
}

/** Every fault, what the outside sees, and which requests it meets when no `method` is given. */
const FAULTS = {
  'rate-limit-minute': {
    scope: 'api',
    what: '429 with X-Rate-Limit-Problem: minute and Retry-After (retryAfterS, 30)',
  },
  'rate-limit-day': {
    scope: 'api',
    what: '429 with X-Rate-Limit-Problem: day and Retry-After (retryAfterS, 66975)',
  },
  'rate-limit-empty': { scope: 'api', what: '429 with an empty body and no Retry-After' },
  'server-error': { scope: 'api', what: '500 with a JSON body; nothing is done' },
  'server-error-html': { scope: 'api', what: '500 with an HTML page of a proxy; nothing is done' },
  poison: {
    scope: 'write',
    what: 'a call whose body holds text is answered with status (500) as a whole; nothing is done',
  },
  maintenance: { scope: 'api', what: '503 with a maintenance text' },
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
  'element-error': { scope: 'write', what: 'element (0) of the batch fails with message' },
  'remote-disconnect': {
    scope: 'api',
    what: 'the organisation disconnects the app: 403 from then on',
  },
  'expired-refresh': { scope: 'token', what: 'every refresh answers invalid_grant' },
  'token-expired': { scope: 'api', what: '401 with Detail TokenExpired' },
  'scope-missing': { scope: 'api', what: '401 with Detail AuthorizationUnsuccessful' },
  'high-volume': { scope: 'api', what: '400 HighVolumeException' },
  'lock-date': {
    scope: 'api',
    what: 'the organisation is locked up to date (the day before today)',
  },
  'contact-archived': { scope: 'api', what: 'contactId (every contact) is archived' },
  'account-archived': { scope: 'api', what: 'the account with code (every one) is archived' },
  'multi-currency-off': { scope: 'api', what: 'only the base currency is subscribed' },
  'approve-limit': {
    scope: 'write',
    what: "the plan's 20 approved invoices of this month are used up",
  },
  'idempotency-conflict': {
    scope: 'write',
    what: '400: the key was used with a different request',
  },
  'malformed-answer': {
    scope: 'api',
    what: 'field (the first one) of the first element has the wrong type',
  },
  'truncated-json': { scope: 'api', what: 'the body stops in the middle' },
} as const satisfies Record<string, FaultDefinition>;

export type FaultName = keyof typeof FAULTS;
export type ActiveFaults = Met<FaultName>;
export type FaultSwitches = Switches<FaultName>;

export const createFaultSwitches = (): FaultSwitches =>
  createSwitches({ product: 'Xero', faults: FAULTS, meets: matches });

function matches(name: FaultName, options: FaultOptions, { method, path }: FaultRequest): boolean {
  if (typeof options.path === 'string' && !path.includes(options.path)) return false;
  const scope = FAULTS[name].scope;
  if (scope === 'token') return path === '/connect/token';
  if (!path.startsWith('/api.xro/')) return false;
  if (typeof options.method === 'string') return options.method.toUpperCase() === method;
  return scope === 'api' || method !== 'GET';
}
