import { signal } from '@preact/signals';
import { call, type Failure, type View } from '../api.ts';
import { now, wait } from '../clock.ts';
import { resource } from './resource.ts';

export const consent = resource([], (systemId: string) =>
  call('GET /v1/systems/:systemId/consent', { params: { systemId } }),
);

/** Where the person stands on the way through the vendor's window. */
export type Connecting =
  | { step: 'before' }
  | { step: 'window' }
  | { step: 'blocked' }
  | { step: 'closed' }
  | { step: 'timed-out' }
  | { step: 'choose'; flowId: string; accounts: View.FlowView['accounts'] }
  | { step: 'failed'; error: Failure };
export const connecting = signal<Connecting>({ step: 'before' });

const pollMs = 1_000;
const pollFloorMs = 500;
const flowMaxMs = 600_000;
const closedGraceMs = 2_000;

export interface ConnectOptions {
  systemId: string;
  connectionId?: string;
  ownApp?: { clientId: string; clientSecret: string };
}
let turn = 0;

/**
 * Opens the window at once, so that it belongs to the click, while the flow is being made. The
 * window gets its one-time secret only by asking us from our own origin (profile R12).
 */
export async function connect(options: ConnectOptions, page: Window): Promise<void> {
  turn += 1;
  const mine = turn;
  const popup = page.open('/connect/launch', '_blank', 'popup,width=560,height=720');
  if (!popup) {
    connecting.value = { step: 'blocked' };
    return;
  }
  connecting.value = { step: 'window' };
  const begun = call('POST /v1/flows', { body: options });
  let cameBack = () => {};
  const back = new Promise<void>((resolve) => {
    cameBack = resolve;
  });
  const onMessage = async (event: MessageEvent) => {
    if (event.source !== popup || event.origin !== page.location.origin) return;
    const message = messageOf(event.data);
    if (message?.type === 'connect.returned') cameBack();
    if (message?.type !== 'connect.launch.request') return;
    const flow = await begun;
    if (flow.ok)
      popup.postMessage(
        { type: 'connect.launch.reply', v: 1, nonce: message.nonce, ...flow.value },
        page.location.origin,
      );
  };
  page.addEventListener('message', onMessage);
  const end = await follow();
  page.removeEventListener('message', onMessage);
  if (mine === turn) connecting.value = end;

  async function follow(): Promise<Connecting> {
    const flow = await begun;
    if (!flow.ok) {
      popup?.close();
      return { step: 'failed', error: flow.error };
    }
    const startedMs = now();
    let closedAtMs: number | null = null;
    while (mine === turn) {
      await Promise.race([wait(pollMs), back]);
      const state = await readFlow(flow.value.flowId);
      if (state) return state;
      if (popup?.closed) closedAtMs ??= now();
      if (closedAtMs !== null && now() - closedAtMs > closedGraceMs) return { step: 'closed' };
      if (now() - startedMs > flowMaxMs) return { step: 'timed-out' };
      await wait(pollFloorMs);
    }
    return connecting.value;
  }
}

export function stopConnecting(): void {
  turn += 1;
  connecting.value = { step: 'before' };
}

/** Null while the person is still on the way. */
async function readFlow(flowId: string): Promise<Connecting | null> {
  const seen = await call('GET /v1/flows/:flowId', { params: { flowId } });
  if (!seen.ok) return { step: 'failed', error: seen.error };
  if (seen.value.failure) return { step: 'failed', error: seen.value.failure };
  if (seen.value.state === 'failed') return { step: 'closed' };
  if (seen.value.state === 'choose')
    return { step: 'choose', flowId, accounts: seen.value.accounts };
  if (seen.value.state !== 'returned') return null;
  const done = await call('POST /v1/flows/:flowId/complete', { params: { flowId } });
  if (!done.ok) return { step: 'failed', error: done.error };
  if (done.value.failure) return { step: 'failed', error: done.value.failure };
  return { step: 'choose', flowId, accounts: done.value.accounts };
}

type Given = Readonly<Record<string, string>>;

/** Tries typed access; nothing is stored. */
export const testCredentials = (systemId: string, credentials: Given) =>
  call('POST /v1/systems/:systemId/test', { params: { systemId }, body: { credentials } });

/** Keeps typed access that works; `connectionId` connects the same connection again. */
export const connectWith = (
  systemId: string,
  credentials: Given,
  connectionId: string | undefined,
) =>
  call('POST /v1/systems/:systemId/connect', {
    params: { systemId },
    body: { credentials, ...(connectionId ? { connectionId } : {}) },
  });

export const chooseAccount = (flowId: string, accountId: string) =>
  call('POST /v1/flows/:flowId/choose', { params: { flowId }, body: { accountId } });

const nonceMax = 200;
function messageOf(data: unknown): { type: string; nonce: string } | null {
  if (typeof data !== 'object' || data === null) return null;
  const members = new Map<string, unknown>(Object.entries(data));
  const type = members.get('type');
  const nonce = members.get('nonce') ?? '';
  if (members.get('v') !== 1 || typeof type !== 'string' || typeof nonce !== 'string') return null;
  return nonce.length > nonceMax ? null : { type, nonce };
}
