import { createHmac } from 'node:crypto';
import type { JournalEntry } from '../player.ts';

/** What the developer portal shows for the app: "Webhooks key". A made-up one of the sandbox. */
export const WEBHOOK_KEY = 'the-webhooks-key-of-the-sandbox-app-at-xero';

export interface Webhooks {
  /**
   * Switches the subscription. On, it first sends the "intent to receive": calls without events, signed well and badly,
   * that must be answered 200 and 401. Says whether it is on now.
   */
  turn(on: boolean): Promise<boolean>;
  /** Something was written down; what a subscription tells of is sent, after the save and outside of it. */
  heard(entry: Pick<JournalEntry, 'kind' | 'data'>, atMs: number): void;
  /** Resolves when everything that waits was sent; the status of each call. */
  settled(): Promise<number[]>;
}

const CATEGORIES: Readonly<Record<string, [category: string, address: string]>> = {
  invoice: ['INVOICE', 'Invoices'],
  creditNote: ['CREDITNOTE', 'CreditNotes'],
  contact: ['CONTACT', 'Contacts'],
};

/** Webhooks (developer.xero.com/documentation/webhooks): one address for the app, every organisation's events to it. */
export function createWebhooks(options: {
  url: string;
  baseUrl: string;
  /** Only organisations that are connected to the app are told of. */
  isConnected(tenantId: string): boolean;
  deliver(request: Request): Promise<Response>;
}): Webhooks {
  const { url, baseUrl, isConnected, deliver } = options;
  let isOn = false;
  let sequence = 0;
  let waiting: Promise<unknown> = Promise.resolve();
  const statuses: number[] = [];

  const post = (events: readonly object[], key = WEBHOOK_KEY): Promise<Response> => {
    const last = events.length === 0 ? 0 : sequence;
    const body = JSON.stringify({
      events,
      firstEventSequence: events.length === 0 ? 0 : last - events.length + 1,
      lastEventSequence: last,
      entropy: `entropy-${sequence}`,
    });
    const signature = createHmac('sha256', key).update(body).digest('base64');
    const headers = { 'content-type': 'application/json', 'x-xero-signature': signature };
    return deliver(new Request(url, { method: 'POST', headers, body }));
  };

  return {
    turn: async (on) => {
      isOn = false;
      if (!on) return false;
      const good = await post([]);
      const isEmpty = (await good.text()) === '' && good.headers.get('set-cookie') === null;
      const bad = await post([], 'another key');
      isOn = good.status === 200 && isEmpty && bad.status === 401;
      return isOn;
    },
    heard: ({ kind, data }, atMs) => {
      const [what = '', verb] = kind.split('.');
      const named = CATEGORIES[what];
      const record = member(data, 'after') ?? data;
      const tenantId = member(record, 'tenantId');
      const id = member(record, 'id');
      if (!isOn || named === undefined || typeof tenantId !== 'string' || !isConnected(tenantId))
        return;
      const [eventCategory, address] = named;
      sequence += 1;
      const event = {
        resourceUrl: `${baseUrl}/api.xro/2.0/${address}/${id}`,
        resourceId: id,
        tenantId,
        tenantType: 'ORGANISATION',
        eventCategory,
        eventType: verb === 'created' ? 'CREATE' : 'UPDATE',
        eventDateUtc: new Date(atMs).toISOString().slice(0, 23),
      };
      waiting = waiting.then(
        async () => {
          statuses.push((await post([event])).status);
        },
        () => {},
      );
    },
    settled: async () => {
      await waiting.catch(() => {});
      return statuses;
    },
  };
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
