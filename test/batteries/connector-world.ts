import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { challengeOf } from '../../server/connectors/kit/oauth.ts';
import type { Account } from '../../server/domain/connection.ts';
import { addDays, dateAt, instant } from '../../server/domain/dates.ts';
import type { Document, LineContent } from '../../server/domain/document.ts';
import { AppError } from '../../server/domain/errors.ts';
import {
  connectionIdSchema,
  intentIdSchema,
  type Marker,
  markerSchema,
  runIdSchema,
} from '../../server/domain/ids.ts';
import type { Element, Intent } from '../../server/domain/intent.ts';
import type { OAuthConnector } from '../../server/domain/ports/connector.ts';
import type { Clock, Fetch } from '../../server/domain/ports/machine.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import type { OAuthClient } from '../../server/domain/ports/system-access.ts';
import type { DocumentWrite, Outcome } from '../../server/domain/ports/write.ts';

/** What can go wrong outside, in words that hold for every system. */
export type FaultKind =
  | 'limit-minute'
  | 'limit-day'
  | 'limit-silent'
  | 'server-error'
  | 'html'
  | 'maintenance'
  | 'lost-before'
  | 'lost-after'
  | 'late'
  | 'element-error'
  | 'disconnected'
  | 'refresh-refused'
  | 'token-expired'
  | 'malformed'
  | 'cut-off';

/** A system's player with a frozen clock, and a person in front of it. */
export interface ConnectorWorld {
  fetch: Fetch;
  clock: Clock;
  advanceMs(ms: number): void;
  client: OAuthClient;
  redirectUri: string;
  accounts: readonly { id: string; name: string }[];
  /** A person opens the address, chooses the account and allows; gives the code. */
  consent(address: string, accountId: string): Promise<string>;
  fault(kind: FaultKind, options?: Record<string, unknown>): void;
  /** Every fault off. */
  calm(): void;
  person: {
    remove(documentId: string): void;
    approve(documentId: string): void;
    void(documentId: string): void;
    editText(documentId: string, lineId: string, description: string): void;
    addLine(documentId: string, description: string): void;
    deleteLine(documentId: string, lineId: string): void;
  };
}

const verifier = 'a-verifier-of-the-battery-that-is-long-enough-0123456789';
const crypto = {
  hash: (text: string) => createHash('sha256').update(text).digest('hex'),
  randomBytes: (length: number) => new Uint8Array(length),
};
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const marker = (text: string): Marker => v.parse(markerSchema, text);
const serial = (prefix: string, length: number, n: number): Marker =>
  marker(
    prefix +
      Array.from({ length }, (_, at) => letters[Math.floor(n / 32 ** (length - 1 - at)) % 32]).join(
        '',
      ),
  );
export const documentMark = (n: number): Marker => serial('LD', 12, n);
export const lineMark = (n: number): Marker => serial('LP', 16, n);

/** Consent, tokens, account and a session, as the app does it. */
export async function connected(connector: OAuthConnector, world: ConnectorWorld, index = 0) {
  const wanted = world.accounts[index];
  if (wanted === undefined) throw new RangeError('the world has no such account');
  const challenge = challengeOf({ verifier, crypto });
  const { client, redirectUri, fetch, clock } = world;
  const address = connector.authorizeUrl({ client, redirectUri, state: 'the-state', challenge });
  const code = await world.consent(address, wanted.id);
  const tokens = await connector.exchange({
    client,
    redirectUri,
    code,
    verifier,
    fetch,
    clock,
  });
  const [found] = await connector.accounts({ tokens, fetch, clock });
  if (found === undefined) throw new RangeError('the consent reached no account');
  const limiter = connector.limiter(clock);
  const open = (account: Account) =>
    connector.open({
      account,
      accessToken: async () => tokens.accessToken,
      fetch,
      clock,
      limiter,
      purpose: 'background',
    });
  const blank: Account = {
    id: found.id,
    name: found.name,
    baseCurrency: 'XXX',
    country: '',
    timeZone: 'Etc/UTC',
    taxBasis: 'exclusive',
    lockedUntil: null,
    demo: false,
    shortCode: null,
  };
  const account = await open(blank).account();
  return { tokens, found, account, session: open(account), limiter };
}

export const line = (n: number, text: string, content: Partial<LineContent> = {}): LineContent => ({
  description: `${text}\n[${lineMark(n)}]`,
  quantity: '3',
  unitPrice: '6.6',
  discount: null,
  itemCode: null,
  accountCode: '200',
  taxType: null,
  tracking: [],
  ...content,
});

/** A new document of the first company with the given lines. */
export async function newDocument(options: {
  session: ConnectorSession;
  account: Account;
  clock: Clock;
  n: number;
  lines?: LineContent[];
  kind?: 'invoice' | 'creditNote';
  currency?: string;
  state?: DocumentWrite['state'];
}): Promise<DocumentWrite> {
  const { session, account, clock, n, kind = 'invoice', currency = account.baseCurrency } = options;
  const company = (await session.companies(null)).records.find(({ archived }) => !archived);
  if (company === undefined) throw new RangeError('the world has no company');
  const today = dateAt(clock.nowMs(), account.timeZone);
  const lines = options.lines ?? [line(n, 'Microsoft 365 Business Basic')];
  return {
    ref: `new:${n}`,
    documentKind: kind,
    open: {
      companyId: company.id,
      currency,
      date: today,
      dueDate: addDays(today, 14),
      reference: `SO-${n} ${documentMark(n)}`,
      number: null,
      taxBasis: 'exclusive',
      themeId: null,
      url: null,
      marker: documentMark(n),
    },
    before: null,
    lines: lines.map((content, at) => ({ change: 'add', content, marker: lineMark(n + at) })),
    state: options.state ?? null,
    send: false,
    allocate: null,
  };
}

/** A change of a document that stands. */
export const changeOf = (before: Document, change: Partial<DocumentWrite>): DocumentWrite => ({
  ref: before.id,
  documentKind: before.kind,
  open: null,
  before,
  lines: [],
  state: null,
  send: false,
  allocate: null,
  ...change,
});

export function intentOf(element: Element, clock: Clock): Intent {
  const now = instant(clock.nowMs());
  return {
    id: v.parse(intentIdSchema, `intent-${element.ref}`),
    connectionId: v.parse(connectionIdSchema, 'connection'),
    runId: v.parse(runIdSchema, 'run'),
    element,
    bodyHash: crypto.hash(element.body),
    idempotencyKey: 'key',
    before: null,
    plan: null,
    mappingId: null,
    frees: [],
    lookAt: null,
    state: 'unknown',
    by: { kind: 'app' },
    sentAt: now,
    hungUpAt: null,
    failure: null,
    attempts: 1,
  };
}

export function documentIn(outcome: Outcome | undefined): Document {
  if (outcome?.status !== 'ok' || outcome.document === null)
    throw new Error(
      `no document: ${JSON.stringify(outcome, (_, x) => (typeof x === 'bigint' ? `${x}` : x))}`,
    );
  return outcome.document;
}

/** The work with the clock moved on until it ends, for calls that hang until their time is up. */
export async function overTime<T>(
  world: Pick<ConnectorWorld, 'advanceMs'>,
  work: Promise<T>,
): Promise<T> {
  let open = true;
  const close = () => {
    open = false;
  };
  work.then(close, close);
  for (let step = 0; step < 40 && open; step += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (open) world.advanceMs(15_000);
  }
  return work;
}

export async function failureIn(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`no AppError but ${String(error)}`);
  return error;
}

/** Everything a log could print of an error, its causes included. */
export function textOf(error: Error): string {
  const { message, stack = '', cause } = error;
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return [
    message,
    stack.split('\n')[0],
    own.replace(/"stack":"[^"]*"/g, ''),
    cause instanceof Error ? textOf(cause) : '',
  ].join('\n');
}
