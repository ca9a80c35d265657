/**
 * What the connect popup and the frame that opened it say to each other. Both are pages of the app's
 * own origin: every message goes to `location.origin`, never to `*`, and is taken only from that
 * origin and from the other window itself (`event.source`).
 *
 *   popup  -> opener  {type: 'connect.launch.request', v: 1, nonce}
 *   opener -> popup   {type: 'connect.launch.reply', v: 1, nonce, flowId, launchSecret}
 *   popup  -> opener  {type: 'connect.returned', v: 1}
 *
 * The frame opens `/connect/launch` in the click itself (`window.open`, without `noopener`) and asks
 * `POST /v1/flows` at the same time. The popup repeats its request every half second with one nonce,
 * so it does not matter which is ready first; the frame answers its own popup only, with the nonce it
 * was asked with. After `connect.returned`, or while polling `GET /v1/flows/:flowId` says `returned`,
 * the frame calls `POST /v1/flows/:flowId/complete`.
 */
export interface LaunchRequest {
  type: 'connect.launch.request';
  v: 1;
  nonce: string;
}
export interface LaunchReply {
  type: 'connect.launch.reply';
  v: 1;
  nonce: string;
  flowId: string;
  launchSecret: string;
}
export interface Returned {
  type: 'connect.returned';
  v: 1;
}

export const launchRequest = (nonce: string): LaunchRequest => ({
  type: 'connect.launch.request',
  v: 1,
  nonce,
});
export const returned: Returned = { type: 'connect.returned', v: 1 };

/** The reply in its exact form with our nonce, or null. */
export function launchReplyOf(data: unknown, nonce: string): LaunchReply | null {
  if (typeof data !== 'object' || data === null) return null;
  const members = new Map<string, unknown>(Object.entries(data));
  const flowId = members.get('flowId');
  const launchSecret = members.get('launchSecret');
  const isReply =
    members.size === 5 &&
    members.get('type') === 'connect.launch.reply' &&
    members.get('v') === 1 &&
    members.get('nonce') === nonce;
  return isReply && typeof flowId === 'string' && typeof launchSecret === 'string'
    ? { type: 'connect.launch.reply', v: 1, nonce, flowId, launchSecret }
    : null;
}
