import type { LifecycleEvent } from '../access/lifecycle-events.ts';
import { type SignedRequest, signedBodyMaxBytes } from '../access/signed-call.ts';
import type { MountRequest } from './mount.ts';
import { bodyBytes } from './request-checks.ts';

/** The parts of a call that its token signs. Throws `request.too-large` past 64 KiB. */
export async function signedRequest(
  { request, url }: MountRequest,
  event: LifecycleEvent | null,
): Promise<SignedRequest> {
  return {
    method: request.method,
    // A bare `?` leaves no trace in `search`, and is refused like any query.
    search: request.url.includes('?') ? url.search || '?' : '',
    contentType: request.headers.get('content-type'),
    contentEncoding: request.headers.get('content-encoding'),
    authorization: request.headers.get('authorization'),
    body: await bodyBytes(request, signedBodyMaxBytes),
    event,
  };
}
