import * as v from 'valibot';
import type { Connection } from '../domain/connection.ts';
import { instantSchema } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Store, Transaction } from '../domain/ports/store.ts';
import type { Credentials, OAuthClient, Tokens } from '../domain/ports/system-access.ts';
import { liveInstallation } from './installations.ts';
import { Secret } from './secret.ts';
import type { SecretOwner, Vault } from './vault.ts';

const tokensSchema = v.object({
  accessToken: v.string(),
  refreshToken: v.string(),
  expiresAt: instantSchema,
  scope: v.string(),
});
const credentialsSchema = v.record(v.string(), v.string());
type Field = 'tokens' | 'client' | 'credentials';
const clientSchema = v.object({ clientId: v.string(), clientSecret: v.string() });

/** What a connection keeps in the vault: its token set, and the reseller's own OAuth app if any. */
export interface ConnectionSecrets {
  read(tenantId: TenantId, connection: Connection): Promise<Tokens | null>;
  seal(
    tenantId: TenantId,
    connection: Pick<Connection, 'id' | 'systemId'>,
    tokens: Tokens,
  ): Promise<(tx: Transaction) => void>;
  /** What a person typed to give access; null where the connection has none. */
  credentials(tenantId: TenantId, connection: Connection): Promise<Credentials | null>;
  sealCredentials(
    tenantId: TenantId,
    connection: Pick<Connection, 'id' | 'systemId'>,
    credentials: Credentials,
  ): Promise<(tx: Transaction) => void>;
  sealClient(
    tenantId: TenantId,
    connection: Pick<Connection, 'id' | 'systemId'>,
    client: OAuthClient,
  ): Promise<(tx: Transaction) => void>;
  /** The reseller's own app where the connection has one, else the operator's. */
  client(tenantId: TenantId, connection: Connection): Promise<OAuthClient | null>;
}

export function createConnectionSecrets({
  store,
  vault,
  operatorClient,
}: {
  store: Store;
  vault: Vault;
  operatorClient(systemId: string): OAuthClient | null;
}): ConnectionSecrets {
  const ownerOf = async (tenantId: TenantId): Promise<SecretOwner> => {
    const installation = liveInstallation(await store.read(tenantId));
    if (installation === null) throw new AppError('access.disabled');
    return { marketplaceId: installation.marketplaceId, tenantId, installationId: installation.id };
  };
  const nameOf = ({ id, systemId }: Pick<Connection, 'id' | 'systemId'>, field: Field) => ({
    provider: systemId,
    record: id,
    field,
  });

  async function sealed(
    tenantId: TenantId,
    connection: Pick<Connection, 'id' | 'systemId'>,
    field: Field,
    value: object,
  ): Promise<(tx: Transaction) => void> {
    const secret = await vault.seal(
      await ownerOf(tenantId),
      nameOf(connection, field),
      new Secret(JSON.stringify(value)),
    );
    return (tx) => vault.put(tx, secret);
  }

  return {
    read: async (tenantId, connection) => {
      const secret = await vault.get(await ownerOf(tenantId), nameOf(connection, 'tokens'));
      return secret === null ? null : v.parse(tokensSchema, JSON.parse(secret.reveal()));
    },
    seal: (tenantId, connection, tokens) => sealed(tenantId, connection, 'tokens', tokens),
    credentials: async (tenantId, connection) => {
      const secret = await vault.get(await ownerOf(tenantId), nameOf(connection, 'credentials'));
      return secret === null ? null : v.parse(credentialsSchema, JSON.parse(secret.reveal()));
    },
    sealCredentials: (tenantId, connection, credentials) =>
      sealed(tenantId, connection, 'credentials', credentials),
    sealClient: (tenantId, connection, client) => sealed(tenantId, connection, 'client', client),
    client: async (tenantId, connection) => {
      if (connection.ownApp === null) return operatorClient(connection.systemId);
      const secret = await vault.get(await ownerOf(tenantId), nameOf(connection, 'client'));
      return secret === null ? null : v.parse(clientSchema, JSON.parse(secret.reveal()));
    },
  };
}
