import type { Account } from '../domain/connection.ts';
import { hasControls } from '../domain/controls.ts';
import { AppError } from '../domain/errors.ts';
import type { Connector, CredentialConnector } from '../domain/ports/connector.ts';
import type { OptionalRight } from '../domain/ports/connector-manifest.ts';
import type { Clock, Fetch } from '../domain/ports/machine.ts';
import type { Credentials, OAuthClient } from '../domain/ports/system-access.ts';
import { defaultSettings } from '../domain/settings.ts';
import { isUsed } from '../domain/used-feature.ts';
import type { LinkRequest } from './flows.ts';
import type { Session } from './sessions.ts';

interface Given {
  systemId: string;
  credentials: Credentials;
}
interface Services {
  clock: Clock;
  fetch: Fetch;
  connector(systemId: string): Connector | null;
  /** What the operator is registered with at the system. */
  client(systemId: string): OAuthClient | null;
  link(request: LinkRequest): Promise<string>;
}

/** Access by typed fields: tried against the system first, and only what works is kept. */
export interface CredentialAccess {
  /**
   * The account that these fields reach and the optional rights they lack; nothing is stored. Throws what
   * `connect` throws.
   */
  test(given: Given): Promise<{ account: Account; lacks: readonly OptionalRight[] }>;
  /** Tests, then stores fields and connection; gives the connection's id. */
  connect(session: Session, given: Given & { connectionId: string | null }): Promise<string>;
}

export function createCredentialAccess(services: Services): CredentialAccess {
  const { clock, fetch } = services;

  async function reached({ systemId, credentials }: Given) {
    const connector = services.connector(systemId);
    if (connector?.auth !== 'credentials') throw new AppError('request.not-found');
    const given = requireFields(connector, credentials);
    const context = {
      client: services.client(systemId),
      fetch,
      clock,
      limiter: connector.limiter(clock),
      purpose: 'person' as const,
    };
    const details = await connector.connect({ ...context, credentials: given });
    const session = () =>
      connector.open({ ...context, account: details, credentials: async () => given });
    return { given, details, connector, session };
  }

  return {
    test: async (asked) => {
      const { details, connector, session } = await reached(asked);
      const rights = connector.manifest.optionalRights ?? [];
      const lacked = rights.length === 0 ? [] : ((await session().lacks?.()) ?? []);
      return {
        account: details,
        lacks: rights.filter(
          ({ feature }) => isUsed(feature, defaultSettings) && lacked.includes(feature),
        ),
      };
    },
    connect: async (session, { connectionId, ...asked }) => {
      const { given, details } = await reached(asked);
      return services.link({
        session,
        systemId: asked.systemId,
        connectionId,
        access: { kind: 'credentials', credentials: given, details },
        account: { id: details.id, name: details.name, vendorConnectionId: null },
      });
    },
  };
}

/** Exactly the form's fields, without the spaces that copying brings. Values are never repeated. */
function requireFields({ manifest }: CredentialConnector, given: Credentials): Credentials {
  const fields = manifest.credentials?.fields ?? [];
  const known = new Set(fields.map(({ id }) => id));
  if (Object.keys(given).some((name) => !known.has(name)))
    throw new AppError('request.invalid', { facts: { field: 'credentials' } });
  const taken = fields.map(({ id, name, kind, choices, optional }) => {
    const value = given[id]?.trim() ?? '';
    const isWrong =
      hasControls(value) ||
      (value === ''
        ? !optional
        : kind === 'choice' && !choices.some((choice) => choice.value === value));
    if (isWrong) throw new AppError('request.invalid', { facts: { field: name } });
    return [id, value];
  });
  return Object.fromEntries(taken.filter(([, value]) => value !== ''));
}
