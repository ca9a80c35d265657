import type { CredentialConnector } from '../../domain/ports/connector.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { callbackFormat, createCallbacks } from './callbacks.ts';
import { createClient } from './client.ts';
import { readAccount, requireRights } from './connect.ts';
import { connectWiseLimiter } from './limits.ts';
import { manifest } from './manifest.ts';
import { openSession } from './session.ts';
import { cloudOrigins, createPlaces, type Places } from './site.ts';

/**
 * The ConnectWise PSA connector. `apiUrl` stands in place of every cloud region, for a sandbox; `ownHosts`
 * are servers of resellers' own that the operator lets this app call.
 */
export function createConnectWise(
  options: { apiUrl?: string; appUrl?: string; ownHosts?: readonly string[] } = {},
): CredentialConnector {
  const { apiUrl, appUrl, ownHosts = [] } = options;
  const byClock = new WeakMap<Clock, Places>();
  const placesOf = (clock: Clock): Places => {
    const places = byClock.get(clock) ?? createPlaces({ clock, sandboxUrl: apiUrl, ownHosts });
    byClock.set(clock, places);
    return places;
  };
  return {
    auth: 'credentials',
    manifest,
    callbacks: callbackFormat,
    origins: apiUrl === undefined ? cloudOrigins : [apiUrl],
    limiter: connectWiseLimiter,
    connect: async ({ credentials, ...context }) => {
      const client = createClient({
        context: { ...context, credentials: async () => credentials },
        places: placesOf(context.clock),
      });
      await requireRights(client);
      return readAccount(client, credentials);
    },
    open: (context) => openSession(context, placesOf(context.clock), apiUrl),
    release: async (context, isOurs) => {
      const { credentials } = context;
      const client = createClient({ context, places: placesOf(context.clock) });
      const callbacks = createCallbacks({ client, credentials, sandboxUrl: apiUrl });
      for (const { id, url } of await callbacks.list(''))
        if (isOurs(url)) await callbacks.remove(id);
    },
    documentUrl: ({ id: accountId }, { id }) => recordUrl(accountId, 'AgreementFv', id),
    invoiceUrl: ({ id: accountId }, { id }) => recordUrl(accountId, 'InvoiceFv', id),
    ticketUrl: ({ id: accountId }, id) => recordUrl(accountId, 'ServiceFv', id),
    quoteUrl: ({ id: accountId }, { id }) => recordUrl(accountId, 'OpportunityFv', id),
  };

  /** The vendor's own form of a link to a record, as address builders of public clients have it. */
  function recordUrl(accountId: string, recordType: string, id: string): string {
    const site = appUrl ?? siteUrlOf(accountId);
    return `${site}/v4_6_release/services/system_io/router/openrecord.rails?locale=en_US&recordType=${recordType}&recid=${encodeURIComponent(id)}`;
  }
}

/** The account's id ends with its site: a region, or the host of an own server. */
function siteUrlOf(accountId: string): string {
  const site = accountId.slice(accountId.lastIndexOf('@') + 1);
  if (site.includes('.')) return `https://${site}`;
  return site === 'staging'
    ? 'https://staging.connectwisedev.com'
    : `https://${site}.myconnectwise.net`;
}
