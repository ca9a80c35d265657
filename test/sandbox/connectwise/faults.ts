import {
  createSwitches,
  type FaultOptions,
  type FaultRequest,
  type ActiveFaults as Met,
  type FaultSwitches as Switches,
} from '../switches.ts';

/** Every fault, what the outside sees, and which requests it meets when no `method` is given. */
const FAULTS = {
  'rate-limit': { scope: 'api', what: '429 with Retry-After in seconds (retryAfterS, 30)' },
  'calls-per-minute': {
    scope: 'api',
    what: 'at most max (60) calls in a rolling minute, 429 beyond; the vendor publishes no number',
  },
  'server-error': {
    scope: 'api',
    what: '500 with code, message and no errors, as of a time-out inside; nothing is done',
  },
  'server-error-after-commit': {
    scope: 'write',
    what: 'the request is applied and answered with the same 500',
  },
  'server-error-html': { scope: 'api', what: '500 with an HTML page; nothing is done' },
  maintenance: { scope: 'api', what: '503 (status) with the HTML page of a proxy' },
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
  refused: {
    scope: 'write',
    what: '400 with code InvalidObject, message, and one element of errors about field',
  },
  'rights-revoked': { scope: 'api', what: '403: the security role lacks what the call needs' },
  'credentials-revoked': { scope: 'api', what: '401, or 404 with status: 404 as the cloud does' },
  'client-id-refused': { scope: 'api', what: '401: the clientId is not known any more' },
  'costs-hidden': {
    scope: 'api',
    what: "the security role has Can't read costs: costs are empty, and not taken on write",
  },
  'malformed-answer': {
    scope: 'api',
    what: 'field (the first one) of the first element has the wrong type',
  },
  'truncated-json': { scope: 'api', what: 'the body stops in the middle' },
  'callback-lost': { scope: 'callback', what: 'callbacks are not sent' },
  'callback-forged': { scope: 'callback', what: 'callbacks carry a signature that is wrong' },
  'callback-key-elsewhere': {
    scope: 'callback',
    what: 'callbacks name url as the address of the key, on another host than the tenant',
  },
} as const satisfies Record<string, { scope: 'api' | 'write' | 'callback'; what: string }>;

export type FaultName = keyof typeof FAULTS;
export type ActiveFaults = Met<FaultName>;
export type FaultSwitches = Switches<FaultName>;

/** What a callback on its way out is to the switches. */
const CALLBACK_METHOD = 'CALLBACK';

export const callbackRequest = (path: string): FaultRequest => ({ method: CALLBACK_METHOD, path });

export const createFaultSwitches = (): FaultSwitches =>
  createSwitches({ product: 'ConnectWise', faults: FAULTS, meets });

export const isWrite = ({ method }: FaultRequest): boolean =>
  method !== 'GET' && method !== CALLBACK_METHOD;

function meets(name: FaultName, options: FaultOptions, request: FaultRequest): boolean {
  const { method, path } = request;
  const { scope } = FAULTS[name];
  if ((scope === 'callback') !== (method === CALLBACK_METHOD)) return false;
  if (typeof options.path === 'string' && !path.toLowerCase().includes(options.path.toLowerCase()))
    return false;
  if (typeof options.method === 'string') return options.method.toUpperCase() === method;
  return scope !== 'write' || isWrite(request);
}
