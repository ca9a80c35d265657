import type { Connector } from '../domain/ports/connector.ts';
import { createAutotask } from './autotask/index.ts';
import { createConnectWise } from './connectwise/index.ts';
import { createXero } from './xero/index.ts';

/** Addresses of a system, by name; those left out are the vendor's own. */
export type SystemUrls = Readonly<Record<string, string>>;

/** Every system this app can write to: one line each. `ownHosts` are the operator's list of servers. */
export const connectors: Readonly<
  Record<string, (urls: SystemUrls, ownHosts?: readonly string[]) => Connector>
> = {
  autotask: ({ api, app }) =>
    createAutotask({ ...(api && { apiUrl: api }), ...(app && { appUrl: app }) }),
  connectwise: ({ api, app }, ownHosts = []) =>
    createConnectWise({ ...(api && { apiUrl: api }), ...(app && { appUrl: app }), ownHosts }),
  xero: ({ login, identity, api, app }) =>
    createXero({
      ...(login && { loginUrl: login }),
      ...(identity && { identityUrl: identity }),
      ...(api && { apiUrl: api }),
      ...(app && { appUrl: app }),
    }),
};
