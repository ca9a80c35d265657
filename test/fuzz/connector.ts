import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../server/domain/dates.ts';
import type { CredentialConnector, OAuthConnector } from '../../server/domain/ports/connector.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import {
  type ConnectorWorld,
  connected,
  documentIn,
  intentOf,
  newDocument,
} from '../batteries/connector-world.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { disturbance, disturbed } from './answers.ts';
import { inputs } from './length.ts';
import { recorded } from './recorded.ts';
import { endsWell } from './verdict.ts';

type Question = (session: ConnectorSession, fetch: Fetch) => unknown;

/** Every question that a connector asks its system, with answers that no system should give. */
export function fuzzConnector(options: {
  name: string;
  connector: OAuthConnector;
  world: () => ConnectorWorld;
  /** Some calendar date of the world. */
  day: CalendarDate;
}): void {
  const { name, connector, day } = options;

  describe(`${name}, with answers that no system should give`, async () => {
    const world = options.world();
    const { client, redirectUri, clock } = world;
    const { tokens, found, account, session: honest } = await connected(connector, world);
    const write = await newDocument({ session: honest, account, clock, n: 1 });
    const elements = honest.prepare([write]);
    const [outcome] = await honest.write(elements, 'key');
    const { id, kind } = documentIn(outcome);
    const fetch = recorded(world.fetch);

    const questions: Record<string, Question> = {
      account: (session) => session.account(),
      companies: (session) => session.companies(null),
      items: (session) => session.items(null),
      reference: (session) => session.reference(),
      documents: (session) => session.documents(null),
      'documents by id': (session) => session.documentsById([{ id, kind }]),
      'invoices dated': (session) => session.invoicesDated?.(day, null),
      'documents with our marks': (session) => session.marked(),
      'a document written': (session) => session.write(session.prepare([write]), 'key'),
      'an unclear write': (session) =>
        session.recover(elements.map((element) => intentOf(element, clock))),
      'a code for tokens': (_session, changed) =>
        connector.exchange({
          client,
          redirectUri,
          code: 'code',
          verifier: 'v'.repeat(43),
          fetch: changed,
          clock,
        }),
      'a renewal of tokens': (_session, changed) =>
        connector.refresh({ client, tokens, fetch: changed, clock }),
      accounts: (_session, changed) => connector.accounts({ tokens, fetch: changed, clock }),
      'an end': (_session, changed) =>
        connector.disconnect({
          tokens,
          vendorConnectionId: found.vendorConnectionId,
          fetch: changed,
          clock,
        }),
    };

    test.each(Object.entries(questions))(
      'T38, V1.5.2: %s: whatever comes is read or told, and ends',
      async (_name, ask) => {
        await disturb(fetch, ask, (changed) =>
          connector.open({
            account,
            accessToken: async () => tokens.accessToken,
            fetch: changed,
            clock,
            limiter: connector.limiter(clock),
            purpose: 'background',
          }),
        );
      },
    );
  });
}

/** The same of a system with typed access, whose documents stay open. */
export function fuzzCredentialConnector(options: {
  name: string;
  connector: CredentialConnector;
  world: () => StandingWorld;
}): void {
  const { name, connector } = options;

  describe(`${name}, with answers that no system should give`, async () => {
    const { client, clock, credentials, fetch: honest } = options.world();
    const fetch = recorded(honest);
    const own = () => ({
      client,
      clock,
      limiter: connector.limiter(clock),
      purpose: 'background' as const,
    });
    const account = await connector.connect({ ...own(), fetch, credentials });
    const open = (changed: Fetch) =>
      connector.open({ ...own(), account, fetch: changed, credentials: async () => credentials });
    const session = open(fetch);
    const documents = (await session.documents(null)).records;
    const company = session.prepareCompany({
      name: 'Alder',
      number: 'LC0001',
      email: null,
      taxNumber: null,
      address: null,
    });

    const questions: Record<string, Question> = {
      access: (_session, changed) => connector.connect({ ...own(), fetch: changed, credentials }),
      account: (each) => each.account(),
      companies: (each) => each.companies(null),
      items: (each) => each.items(null),
      reference: (each) => each.reference(),
      documents: (each) => each.documents(null),
      'documents by id': (each) =>
        each.documentsById(documents.slice(0, 2).map(({ id, kind }) => ({ id, kind }))),
      'documents with our marks': (each) => each.marked(),
      'a company written': (each) => each.write([company], 'key'),
      'an unclear write': (each) => each.recover([intentOf(company, clock)]),
    };
    test.each(Object.entries(questions))(
      'T38: %s: whatever comes is read or told, and ends',
      async (_name, ask) => {
        await disturb(fetch, ask, open, toldOfTyped);
      },
    );

    test.each(['companies', 'items', 'documents'])(
      'T38: %s: a page of more records than were asked for is refused before they are read',
      async (name) => {
        const asked = questions[name]?.(open(swollen(fetch)), fetch);
        await expect(asked).rejects.toMatchObject({ code: 'system.answer' });
      },
    );
  });
}

/** The other side with far more in each list than anybody asked for. */
function swollen(honest: Fetch): Fetch {
  const many = Array.from({ length: 100_000 }, () => 0);
  return async (request) => {
    const answer = await honest(request);
    const value: unknown = await answer.json();
    const isPage = typeof value === 'object' && value !== null && 'items' in value;
    const body = isPage ? { ...value, items: many } : Array.isArray(value) ? many : value;
    return Response.json(body, { status: answer.status });
  };
}

const told = /^(system|connect)\./;
/** Who typed the access may be asked for more of it, such as which of several currencies is theirs. */
const toldOfTyped = new RegExp(`${told.source}|^request\\.invalid$`);

/** Asks with one answer after the other made wrong. */
async function disturb(
  fetch: ReturnType<typeof recorded>,
  ask: Question,
  open: (changed: Fetch) => ConnectorSession,
  failures = told,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(disturbance, async (how) => {
      const changed = disturbed(fetch, how);
      await endsWell(() => ask(open(changed), changed), failures);
    }),
    inputs(40),
  );
}
