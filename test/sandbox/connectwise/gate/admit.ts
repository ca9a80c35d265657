import { type Answer, refused } from '../api/answer.ts';
import { notFound, refusal } from '../api/refusal.ts';
import type { ActiveFaults } from '../faults.ts';
import type { World } from '../world.ts';

/** What the live router answers, as plain text (reports of live clients). */
export const unroutable = (): Answer => ({
  status: 400,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'Cannot route. Codebase/company is invalid',
});

/**
 * `Authorization: Basic base64(company+publicKey:privateKey)` and the header `clientId` (vendor guide: Authentication, ClientIds).
 * The answer that refuses the request, or nothing when it is admitted.
 */
export function refusedEntry(
  world: World,
  { headers, faults }: { headers: Headers; faults: ActiveFaults },
): Answer | undefined {
  const credentials = credentialsOf(headers.get('authorization'));
  if (!credentials) return refused(refusal(401, 'Authorization is required.', 'Unauthorized'));
  if (credentials.companyId.toLowerCase() !== world.companyId.toLowerCase()) return unroutable();
  const { member } = world;
  const revoked = faults.get('credentials-revoked');
  const isKnown =
    member.isActive &&
    credentials.publicKey === member.publicKey &&
    credentials.privateKey === member.privateKey;
  if (!isKnown || revoked)
    // "Are you getting a 404 on cloud? You may have incorrect authentication" (vendor guide: API requests).
    return revoked?.status === 404
      ? refused(notFound('The resource'))
      : refused(refusal(401, 'The credentials are not valid.', 'Unauthorized'));
  const clientId = headers.get('clientid') ?? '';
  if (!world.clientIds.includes(clientId) || faults.has('client-id-refused'))
    return refused(refusal(401, 'The clientId header is missing or not valid.', 'ClientId'));
  return undefined;
}

function credentialsOf(authorization: string | null) {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const [user = '', privateKey] = split(text, ':');
  const [companyId = '', publicKey] = split(user, '+');
  return publicKey === undefined || privateKey === undefined
    ? undefined
    : { companyId, publicKey, privateKey };
}

/** Cut at the first mark; what follows may hold it again. */
function split(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
