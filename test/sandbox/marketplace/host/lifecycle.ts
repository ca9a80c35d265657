import { createHash, randomBytes } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import {
  LIFECYCLE_RETRY_DELAY_MS,
  LIFECYCLE_TIMEOUT_MS,
  LIFECYCLE_TRIES_MAX,
  TOKEN_LIFE_SECONDS,
} from '../../limits.ts';
import { wait } from '../../wait.ts';
import type { AppConfig } from '../config.ts';
import type { SigningKeys } from './keys.ts';

export const LIFECYCLE_EVENTS = [
  'installed',
  'enabled',
  'disabled',
  'uninstalled',
  'redact',
] as const;
export type LifecycleEvent = (typeof LIFECYCLE_EVENTS)[number];

export interface LifecycleCall {
  event: LifecycleEvent;
  tenantId: string;
  installationId: string;
  actor: string;
  seq: number;
  previous: string | null;
  eventId?: string;
  body: Record<string, unknown>;
  overrides?: LifecycleOverrides | undefined;
}

/** For attack tests only: what the real marketplace would never send. */
export interface LifecycleOverrides {
  /** Laid over the claims; a member that is `null` is left out (`prev` alone may be null). */
  claims?: Record<string, unknown> | undefined;
  /** Laid over the JWS header. */
  header?: Record<string, unknown> | undefined;
  typ?: string | undefined;
  /** Sent instead of the signed body. */
  body?: unknown;
  /** Sent instead of the token. */
  authorization?: string | undefined;
  query?: string | undefined;
  tries?: number | undefined;
}

export interface LifecycleAnswer {
  status: number | null;
  body: string;
  tries: number;
  eventId: string;
  jti: string;
  token: string;
}

/**
 * Sends one lifecycle event: signed method, exact URL and SHA-256 of the raw body. A server error or no answer is tried
 * again with the same `eid` and a new `jti`, a few times.
 */
export async function sendLifecycle(
  call: LifecycleCall,
  {
    config,
    keys,
    clock,
    fetchApp,
  }: {
    config: AppConfig;
    keys: SigningKeys;
    clock: SandboxClock;
    fetchApp(request: Request): Promise<Response>;
  },
): Promise<LifecycleAnswer> {
  const url = `${config.appBaseUrl}/lifecycle/${call.event}`;
  const text = JSON.stringify(call.body);
  const eventId = call.eventId ?? `evt-${randomBytes(12).toString('hex')}`;
  const triesMax = call.overrides?.tries ?? LIFECYCLE_TRIES_MAX;
  let answer: LifecycleAnswer = { status: null, body: '', tries: 0, eventId, jti: '', token: '' };
  for (let tries = 1; tries <= triesMax; tries += 1) {
    if (tries > 1) await wait(LIFECYCLE_RETRY_DELAY_MS * tries);
    const jti = randomBytes(24).toString('base64url');
    const claims = claimsOf(call, { config, url, text, jti, eventId, nowMs: clock.nowMs() });
    const token = await keys.sign({
      typ: call.overrides?.typ ?? 'mkt-lifecycle+jwt',
      claims,
      header: call.overrides?.header,
    });
    const sent = await send(fetchApp, {
      url: url + (call.overrides?.query ?? ''),
      authorization: call.overrides?.authorization ?? `Bearer ${token}`,
      body: call.overrides?.body === undefined ? text : JSON.stringify(call.overrides.body),
    });
    answer = { ...sent, tries, eventId, jti, token };
    if (sent.status !== null && sent.status < 500) return answer;
  }
  return answer;
}

function claimsOf(
  call: LifecycleCall,
  made: {
    config: AppConfig;
    url: string;
    text: string;
    jti: string;
    eventId: string;
    nowMs: number;
  },
): Record<string, unknown> {
  const issuedAt = Math.floor(made.nowMs / 1000);
  const claims: Record<string, unknown> = {
    iss: made.config.issuer,
    aud: `${made.config.appBaseUrl}/lifecycle`,
    iat: issuedAt,
    exp: issuedAt + TOKEN_LIFE_SECONDS,
    jti: made.jti,
    tid: call.tenantId,
    iid: call.installationId,
    act: call.actor,
    evt: call.event,
    eid: made.eventId,
    seq: call.seq,
    prev: call.previous,
    env: made.config.env,
    htm: 'POST',
    htu: made.url,
    bsh: createHash('sha256').update(made.text).digest('base64url'),
  };
  return overridden(claims, call.overrides?.claims);
}

/** A member that is `null` leaves, except `prev`, which may be null in truth. */
export function overridden(
  claims: Record<string, unknown>,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...claims, ...overrides }).filter(
      ([name, value]) => value !== null || name === 'prev',
    ),
  );
}

async function send(
  fetchApp: (request: Request) => Promise<Response>,
  { url, authorization, body }: { url: string; authorization: string; body: string },
): Promise<{ status: number | null; body: string }> {
  const request = new Request(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(LIFECYCLE_TIMEOUT_MS),
  });
  try {
    const response = await fetchApp(request);
    return { status: response.status, body: (await response.text()).slice(0, 4_000) };
  } catch {
    return { status: null, body: '' };
  }
}
