import type { Account } from '../../domain/connection.ts';
import type { CredentialConnector } from '../../domain/ports/connector.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { createClient } from './client.ts';
import { readAccount, requireRights } from './connect.ts';
import { autotaskLimiter } from './limits.ts';
import { manifest } from './manifest.ts';
import { openSession } from './session.ts';
import { createZones, type Zones } from './zone.ts';

const vendorApi = 'https://webservices.autotask.net';
const vendorZones = 'https://webservices*.autotask.net';
/** The login page of all zones, for an account that was read before its zone's own address was kept. */
const vendorApp = 'https://ww.autotask.net';

/**
 * The Autotask PSA connector. `apiUrl` is where zones are discovered, without a path; a sandbox gives
 * its own, under which its zones live too.
 */
export function createAutotask(
  options: { apiUrl?: string; appUrl?: string } = {},
): CredentialConnector {
  const { apiUrl = vendorApi, appUrl = vendorApp } = options;
  const byClock = new WeakMap<Clock, Zones>();
  const zonesOf = (clock: Clock): Zones => {
    const zones = byClock.get(clock) ?? createZones({ apiUrl, clock });
    byClock.set(clock, zones);
    return zones;
  };
  return {
    auth: 'credentials',
    manifest,
    origins: [apiUrl === vendorApi ? vendorZones : apiUrl],
    limiter: autotaskLimiter,
    connect: async ({ credentials, ...context }) => {
      const client = createClient({
        context: { ...context, credentials: async () => credentials },
        zones: zonesOf(context.clock),
      });
      await requireRights(client);
      return readAccount(client, credentials.timeZone ?? 'UTC');
    },
    open: (context) => openSession(context, zonesOf(context.clock)),
    documentUrl: (account, { id }) => command(account, 'OpenContract', 'ContractID', id),
    // No command opens an invoice; its company's page leads to it.
    invoiceUrl: (account, { companyId }) => command(account, 'OpenAccount', 'AccountID', companyId),
    ticketUrl: (account, id) => command(account, 'OpenTicketDetail', 'TicketID', id),
    quoteUrl: (account, { id }) => command(account, 'OpenOpportunity', 'OpportunityID', id),
  };

  /** Help: ExecuteCommand API. The zone tells the host of a customer's pages. */
  function command({ webUrl }: Account, code: string, name: string, id: string): string {
    const query = new URLSearchParams({ Code: code, [name]: id });
    return `${webUrl ?? appUrl}/Autotask/AutotaskExtend/ExecuteCommand.aspx?${query}`;
  }
}
