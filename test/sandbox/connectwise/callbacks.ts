import { createHash, createHmac } from 'node:crypto';
import { textOption } from '../switches.ts';
import { rendered } from './api/render.ts';
import { callbackRequest } from './faults.ts';
import { CALLBACK_KEY_PATH } from './gate/address.ts';
import { isIds } from './read.ts';
import { flagOf, type Row, textOf, wholeOf } from './row.ts';
import type { Entity } from './schema/entity.ts';
import type { World } from './world.ts';

export interface CallbackEvent {
  entity: Entity;
  row: Row;
  verb: 'created' | 'changed' | 'deleted';
  memberId: number;
}

export interface CallbackDesk {
  /** Tells whoever registered for it, after the save and outside of it. */
  notify(event: CallbackEvent): void;
  /** Resolves when everything that waits was sent. */
  settled(): Promise<void>;
  /** `GET` of the address that a callback names as `key_url`. */
  key(): Response;
}

const TYPES: Readonly<Record<string, string>> = {
  Agreement: 'agreement',
  CatalogItem: 'productcatalog',
  Company: 'company',
  Contact: 'contact',
  Invoice: 'invoice',
  Opportunity: 'opportunity',
  Ticket: 'ticket',
};
const ACTIONS = { created: 'added', changed: 'updated', deleted: 'deleted' } as const;

/** Callbacks (vendor guide: Callbacks): one POST for each registration that the saved record falls under. */
export function createCallbackDesk(options: {
  world(): World;
  signingKey: string;
  deliver(request: Request): Promise<Response>;
}): CallbackDesk {
  const { world, signingKey, deliver } = options;
  let waiting: Promise<void> = Promise.resolve();
  const send = async (request: Request, entry: Row) => {
    const kind = 'callback.sent';
    const data = { callbackId: entry.id, url: textOf(entry, 'url') };
    try {
      const { status } = await deliver(request);
      world().record({ kind, actor: 'system', data: { ...data, status } });
    } catch (error) {
      const failure = error instanceof Error ? error.name : 'unknown';
      world().record({ kind, actor: 'system', data: { ...data, status: null, failure } });
    }
  };
  return {
    notify: (event) => {
      const now = world();
      const type = TYPES[event.entity.name];
      // A ticket can be saved without a word to anybody (description: skipCallback).
      if (type === undefined || event.row.values.skipCallback === true) return;
      for (const entry of now.tables.all('CallbackEntry')) {
        if (textOf(entry, 'type').toLowerCase() !== type || !isFor(entry, event)) continue;
        const faults = now.faults.meet(callbackRequest(new URL(textOf(entry, 'url')).pathname));
        if (faults.has('callback-lost')) continue;
        const elsewhere = faults.get('callback-key-elsewhere');
        const keyUrl =
          (elsewhere && textOption(elsewhere, 'url')) ?? `${now.baseUrl}${CALLBACK_KEY_PATH}`;
        const body = JSON.stringify(payloadOf(now, { ...event, type, keyUrl }));
        const key = faults.has('callback-forged') ? 'forged' : signingKey;
        const request = new Request(textOf(entry, 'url'), {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'x-content-signature': signature(body, key),
          },
          body,
        });
        waiting = waiting.then(() => send(request, entry));
      }
    },
    settled: () => waiting,
    key: () => Response.json({ signing_key: signingKey }),
  };
}

/** base64 HMAC-SHA256 of the body; its key is the SHA-256 of the signing key (as public clients verify it). */
function signature(body: string, signingKey: string): string {
  const key = createHash('sha256').update(signingKey).digest();
  return createHmac('sha256', key).update(body).digest('base64');
}

/** By the level of the registration: everything of the owner, or what belongs to the object. */
function isFor(entry: Row, { entity, row, memberId }: CallbackEvent): boolean {
  if (flagOf(entry, 'inactiveFlag')) return false;
  if (flagOf(entry, 'isSelfSuppressedFlag') && wholeOf(entry, 'memberId') === memberId)
    return false;
  const level = textOf(entry, 'level').toLowerCase();
  const objectId = wholeOf(entry, 'objectId');
  if (level === 'owner') return true;
  if (level === TYPES[entity.name]) return row.id === objectId;
  if (level === 'type') {
    const { types = null } = row.values;
    return wholeOf(row, 'type') === objectId || (isIds(types) && types.includes(objectId ?? -1));
  }
  return wholeOf(row, level) === objectId;
}

function payloadOf(world: World, of: CallbackEvent & { type: string; keyUrl: string }): object {
  const { entity, row, verb, memberId, type, keyUrl } = of;
  const member = world.tables.get('Member', memberId);
  return {
    MessageId: `callback-${world.tables.next('callback message')}`,
    FromUrl: new URL(world.baseUrl).host,
    CompanyId: world.companyId,
    MemberId: member ? textOf(member, 'identifier') : '',
    Action: ACTIONS[verb],
    Type: type,
    ID: row.id,
    Entity: JSON.stringify(rendered(world, { entity, row, hidesCosts: false })),
    Metadata: { key_url: keyUrl },
  };
}
