import fc from 'fast-check';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import { junkBytes, type Mutation, mutated, mutation, strangeText } from './junk.ts';

/** How the answers of the other side are changed: which of them, and into what. */
export interface Disturbance {
  /** The first one changed; all after it are changed as well where `goesOn`. */
  first: number;
  goesOn: boolean;
  status: number | null;
  header: { name: string; value: string } | null;
  body: { kind: 'junk'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'nearly'; how: Mutation };
}

const headerNames = ['retry-after', 'content-type', 'date', 'x-rate-limit-problem', 'location'];
export const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  first: fc.nat(3),
  goesOn: fc.boolean(),
  status: fc.option(
    fc.constantFrom(200, 201, 204, 301, 400, 401, 403, 404, 409, 412, 418, 429, 500, 503, 599),
    { freq: 3 },
  ),
  header: fc.option(
    fc.record({
      name: fc.constantFrom(...headerNames),
      value: strangeText.map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
    }),
    { freq: 2 },
  ),
  body: fc.oneof(
    { weight: 1, arbitrary: junkBytes.map((bytes) => ({ kind: 'junk' as const, bytes })) },
    { weight: 3, arbitrary: mutation.map((how) => ({ kind: 'nearly' as const, how })) },
  ),
});

/** Nothing may ask more often for one question: a thousand pages is the most that anybody reads. */
const callsMax = 2_500;

/** The other side with some of its answers changed. */
export function disturbed(honest: Fetch, { first, goesOn, ...change }: Disturbance): Fetch {
  let calls = 0;
  return async (request) => {
    const at = calls;
    calls += 1;
    if (calls > callsMax) throw new Error(`more than ${callsMax} calls for one question`);
    const answer = await honest(request);
    return at === first || (goesOn && at > first) ? changed(answer, change) : answer;
  };
}

async function changed(
  answer: Response,
  { status, header, body }: Omit<Disturbance, 'first' | 'goesOn'>,
): Promise<Response> {
  const bytes = body.kind === 'junk' ? body.bytes : nearly(await answer.text(), body.how);
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  if (header !== null) headers.set(header.name, header.value);
  const given = status ?? answer.status;
  return new Response(given === 204 ? null : bytes, { status: given, headers });
}

function nearly(text: string, how: Mutation): Uint8Array<ArrayBuffer> {
  try {
    return new TextEncoder().encode(JSON.stringify(mutated(JSON.parse(text), how)));
  } catch {
    return new TextEncoder().encode(text.slice(0, how.at));
  }
}
