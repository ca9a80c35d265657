import * as v from 'valibot';
import type { Hints } from '../../domain/ports/hints.ts';
import { isSignedBody } from '../kit/signed-body.ts';

/** One call tells of many changes; more than these are of as many organisations as one app can have. */
const eventsMax = 10_000;
const tenantIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/i));
const hintSchema = v.object({ events: v.pipe(v.array(v.unknown()), v.maxLength(eventsMax)) });
const eventSchema = v.object({ tenantId: tenantIdSchema });

/**
 * Webhooks of Xero (developer.xero.com/documentation/webhooks/configuring-your-server): one address for
 * the app, events of all organisations that are connected to it, `x-xero-signature` over the raw body.
 * The "intent to receive" is the same call without events: signed well or badly, and answered by that.
 */
export const xeroHints: Hints = {
  header: 'x-xero-signature',
  read: (call) => {
    if (!isSignedBody(call)) return null;
    const told = v.safeParse(hintSchema, jsonOf(call.body));
    if (!told.success) return [];
    const accounts = told.output.events.flatMap((event) => {
      const parsed = v.safeParse(eventSchema, event);
      return parsed.success ? [parsed.output.tenantId.toLowerCase()] : [];
    });
    return [...new Set(accounts)];
  },
};

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
