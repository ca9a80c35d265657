import { expect } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import { endsWell } from '../fuzz/verdict.ts';
import { junkPlaces, trimmed } from './places.ts';
import { echo, wholeAnswers } from './whole.ts';
import { oneWrong } from './wrong.ts';

/** Somebody outside who answers when we ask. */
export interface Party {
  name: string;
  /** The honest one, from memory. */
  fetch: Fetch;
  /** What the calls prove themselves with: it must never be told again. */
  secrets: readonly string[];
  /** The codes in which a wrong answer may end. */
  told: RegExp;
  questions: Readonly<Record<string, (fetch: Fetch) => unknown>>;
}

/** Nothing may ask more often for one question, whatever is answered. */
const callsMax = 2_500;

interface Call {
  request: Request;
  status: number;
  text: string;
}

/** Asks one question again and again, each time with one thing wrong in one of its answers; how often. */
export async function askWrongly(
  party: Party,
  question: (fetch: Fetch) => unknown,
  seen: Set<string>,
): Promise<number> {
  const calls = await honestCalls(party, question);
  const reach = reachOf(calls);
  let asked = 0;
  for (const [turn, call] of calls.entries()) {
    const document = documentOf(call.text);
    const shape = shapeOf(call, document);
    if (seen.has(shape)) continue;
    seen.add(shape);
    const wrongs: [what: string, answer: (request: Request) => Promise<Response>][] = [
      ...[...oneWrong(document)].map(({ what, text }): (typeof wrongs)[number] => [
        what,
        async () => jsonOf(text, call.status),
      ]),
      ...Object.entries(wholeAnswers).map(([what, answer]): (typeof wrongs)[number] => [
        what,
        async () => answer(call.text),
      ]),
      ...[400, 401, 403, 500].map((status): (typeof wrongs)[number] => [
        `what was sent, ${status}`,
        async (request) => jsonOf(await echo(request), status),
      ]),
    ];
    for (const [what, answer] of wrongs) {
      asked += 1;
      const where = `answer ${turn + 1} (${call.request.method} ${call.request.url}): ${what}`;
      await judged({ party, question, reach, where, at: turn, answer });
    }
  }
  return asked;
}

async function judged(options: {
  party: Party;
  question: (fetch: Fetch) => unknown;
  reach: (url: string) => boolean;
  where: string;
  at: number;
  answer: (request: Request) => Promise<Response>;
}): Promise<void> {
  const { party, question, reach, where, at, answer } = options;
  let calls = 0;
  const fetch: Fetch = async (request) => {
    calls += 1;
    if (calls > callsMax) throw new Error(`${where}: more than ${callsMax} calls`);
    if (!reach(request.url)) throw new Error(`${where}: called ${request.url}`);
    return calls - 1 === at ? answer(request) : party.fetch(request);
  };
  try {
    await endsWell(async () => {
      try {
        requireSane(await question(fetch), where);
      } catch (error) {
        requireSilent(error, party.secrets, where);
        throw error;
      }
    }, party.told);
  } catch (cause) {
    throw new Error(`${where}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

async function honestCalls(party: Party, question: (fetch: Fetch) => unknown): Promise<Call[]> {
  const calls: Call[] = [];
  await question(async (request) => {
    const response = await party.fetch(request.clone());
    calls.push({ request, status: response.status, text: await response.clone().text() });
    return response;
  });
  expect(calls.length).toBeGreaterThan(0);
  return calls;
}

/** Where the honest calls went: the same hosts, below the same first part of their paths. */
function reachOf(calls: readonly Call[]): (url: string) => boolean {
  const baseOf = (url: string): string => {
    const { origin, pathname } = new URL(url);
    return `${origin}/${pathname.split('/')[1]}`;
  };
  const bases = new Set(calls.map(({ request }) => baseOf(request.url)));
  return (url) => bases.has(baseOf(url));
}

const jsonOf = (text: string, status: number): Response =>
  new Response(text, { status, headers: { 'content-type': 'application/json' } });

function documentOf(text: string): unknown {
  try {
    return trimmed(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Answers of one form are looked at once: the rights of ten kinds of records look alike. */
const shapeOf = ({ request }: Call, document: unknown): string =>
  `${request.method} ${junkPlaces(document).map(String).join(' ')}`;

/** What is taken can be kept and shown: no number that is none, no name of JavaScript. */
function requireSane(value: unknown, where: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${where}: ${value}`);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') throw new Error(`${where}: took a name of JavaScript`);
    requireSane(member, where);
  }
}

function requireSilent(error: unknown, secrets: readonly string[], where: string): void {
  if (!(error instanceof AppError)) return;
  const { code, message, said, reference, facts } = error;
  const told = JSON.stringify({ code, message, said, reference, facts, cause: causeOf(error) });
  for (const secret of secrets)
    if (told.includes(secret)) throw new Error(`${where}: told a secret: ${told}`);
}

const causeOf = ({ cause }: Error): string => (cause instanceof Error ? cause.message : '');
