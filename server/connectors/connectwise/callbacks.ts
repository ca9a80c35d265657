import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { AppError, retryLater } from '../../domain/errors.ts';
import { parseForeign } from '../../domain/json.ts';
import type { CallbackFormat, Callbacks } from '../../domain/ports/hints.ts';
import type { Credentials } from '../../domain/ports/system-access.ts';
import { isSignedBody } from '../kit/signed-body.ts';
import type { Client } from './client.ts';
import { callbackSchema, signingKeySchema } from './schema.ts';
import { siteOf } from './site.ts';

const descriptionOf = 'Tells the marketplace app that something changed';
/** "Owner" is everything of the tenant; its object is not looked at, and must be a number (guide: Callbacks). */
const everything = { level: 'owner', objectId: 1 } as const;
/** Agreements bill, companies are matched, invoices are shown. Additions are told by none of them. */
const topics = ['agreement', 'company', 'invoice'] as const;

const bodySchema = v.object({
  Metadata: v.object({ key_url: v.pipe(v.string(), v.maxLength(500)) }),
});

/** `x-content-signature`: base64 HMAC-SHA-256 of the body under the SHA-256 of the signing key. */
export const callbackFormat: CallbackFormat = {
  header: 'x-content-signature',
  keyAddress: (body) => {
    const told = v.safeParse(bodySchema, jsonOf(body));
    return told.success ? told.output.Metadata.key_url : null;
  },
  isSigned: ({ body, signature, key }) =>
    isSignedBody({ body, signature, key: createHash('sha256').update(key).digest() }),
};

/** One registration for each topic, silent about what our own API member does. */
export function createCallbacks({
  client,
  credentials,
  sandboxUrl,
}: {
  client: Client;
  credentials(): Promise<Credentials>;
  sandboxUrl: string | undefined;
}): Callbacks {
  return {
    topics,
    list: async (base) => {
      const { records } = await client.list('system/callbacks', callbackSchema);
      return records
        .filter(({ url }) => url.startsWith(base))
        .map(({ id, url, type }) => ({ id, url, topic: type.toLowerCase() }));
    },
    register: async (url, topic) => {
      const made = await client.write({
        method: 'POST',
        path: 'system/callbacks',
        body: {
          description: descriptionOf,
          url,
          type: topic,
          ...everything,
          isSelfSuppressedFlag: true,
          inactiveFlag: false,
        },
      });
      if (made.status === 'failed') throw failedOf(made.failure);
    },
    remove: async (id) => {
      const gone = await client.write({ method: 'DELETE', path: `system/callbacks/${id}` });
      if (gone.status === 'failed') throw failedOf(gone.failure);
    },
    key: async (address) => {
      const { origin, apiOrigin } = siteOf(await credentials(), sandboxUrl);
      const url = URL.parse(address);
      // The body says where its key is, and anybody may have written the body.
      if (url === null || (url.origin !== origin && url.origin !== apiOrigin))
        throw new AppError('system.answer', { retry: retryLater() });
      const told = v.safeParse(signingKeySchema, await client.open(url.href));
      if (!told.success) throw new AppError('system.answer', { retry: retryLater() });
      return told.output.signing_key;
    },
  };
}

const failedOf = ({
  code,
  ...told
}: ConstructorParameters<typeof AppError>[1] & { code: AppError['code'] }) =>
  new AppError(code, told);

function jsonOf(body: Uint8Array): unknown {
  try {
    return parseForeign(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
