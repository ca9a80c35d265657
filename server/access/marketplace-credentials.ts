import * as v from 'valibot';
import type { Installation } from '../domain/tenant.ts';
import type { SecretName, Vault } from './vault.ts';

/** Where the access data of a tenant's marketplace lies in the vault. */
export const credentialsName: SecretName = {
  provider: 'marketplace',
  record: 'marketplace',
  field: 'credentials',
};
const credentialsSchema = v.record(v.string(), v.string());

/** The access data as the form saved it, by field id; null where none is saved. */
export async function readCredentials(
  vault: Vault,
  installation: Installation,
): Promise<Readonly<Record<string, string>> | null> {
  const owner = { ...installation, installationId: installation.id };
  const secret = await vault.get(owner, credentialsName);
  return secret ? v.parse(credentialsSchema, JSON.parse(secret.reveal())) : null;
}
