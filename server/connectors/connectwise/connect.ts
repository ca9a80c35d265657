import type { Account } from '../../domain/connection.ts';
import { AppError } from '../../domain/errors.ts';
import type { Feature } from '../../domain/ports/connector-manifest.ts';
import type { Credentials } from '../../domain/ports/system-access.ts';
import type { Client } from './client.ts';
import { type NeededRight, nameOf, neededRights, placeOf, wantedRights } from './rights.ts';
import { type Currency, currencySchema } from './schema.ts';
import { siteOf } from './site.ts';

/**
 * Tries all that a connection needs, one right after the other. Throws `connect.right` with the first
 * one missing and where to grant it, `connect.refused` where the keys themselves are not accepted.
 */
export async function requireRights(client: Client): Promise<void> {
  await client.place().catch(refusedLogin);
  for (const right of neededRights) await requireRight(client, right);
}

async function requireRight(client: Client, right: NeededRight): Promise<void> {
  const { call } = right;
  if (call.kind === 'read') {
    await client.count(call.path, call.query).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'system.scope')
        throw missing(right, error.said);
      return refusedLogin(error);
    });
    return;
  }
  const { method, path } = call;
  const body = method === 'POST' ? {} : method === 'PATCH' ? [] : undefined;
  const tried = await client.write({ method, path, ...(body === undefined ? {} : { body }) });
  if (tried.status === 'done') throw new AppError('system.bug');
  const { code, said, retry, reference } = tried.failure;
  if (code === 'system.scope') throw missing(right, said);
  // Refused for what it lacks: the right is there.
  if (tried.certainty !== 'refused') refusedLogin(new AppError(code, { said, retry, reference }));
}

const missing = (right: NeededRight, said: string | null): AppError =>
  new AppError('connect.right', {
    said,
    facts: { right: `${nameOf(right)}, ${right.why}`, where: placeOf(right) },
  });

/** Which of the rights that something of its own needs the role lacks. */
export async function lackedFeatures(client: Client): Promise<Feature[]> {
  const lacked: Feature[] = [];
  for (const right of wantedRights) {
    if (lacked.includes(right.feature)) continue;
    await requireRight(client, right).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'connect.right')) throw error;
      lacked.push(right.feature);
    });
  }
  return lacked;
}

/** The tenant, its currency and where it is. Throws `connect.currency` with the choices where that is not told. */
export async function readAccount(client: Client, credentials: Credentials): Promise<Account> {
  const { companyId = '', site = '', currency, timeZone = 'UTC' } = credentials;
  const { companyName } = await client.place();
  const { records } = await client.list('finance/currencies', currencySchema);
  return {
    // Whatever way the host was typed: one tenant must not be connected twice.
    id: `${companyId.toLowerCase()}@${siteOf(credentials, undefined).id}`,
    name: companyName,
    baseCurrency: homeCurrency(records, currency?.toUpperCase()),
    country: '',
    timeZone,
    taxBasis: 'exclusive',
    lockedUntil: null,
    demo: site === 'staging',
    shortCode: null,
  };
}

/** Nothing in the API tells which of several currencies is the house's own. */
function homeCurrency(currencies: readonly Currency[], typed: string | undefined): string {
  const known = currencies.flatMap((currency) => codeOf(currency) ?? []);
  const [only, other] = known;
  if (typed === undefined && only !== undefined && other === undefined) return only;
  if (typed === undefined || !known.includes(typed))
    throw new AppError('connect.currency', { facts: { choices: known.join(', ') } });
  return typed;
}

export const codeOf = ({ currencyIdentifier }: Pick<Currency, 'currencyIdentifier'>) =>
  /^[A-Z]{3}$/.test(currencyIdentifier.trim()) ? currencyIdentifier.trim() : null;

const refused = {
  system: 'ConnectWise PSA',
  check:
    'Check the site, the company ID and both keys, and that the API member is active there. A private key that is lost cannot be shown again: make a new pair. Then test again.',
};

function refusedLogin(error: unknown): never {
  if (error instanceof AppError && error.code === 'system.reconnect')
    throw new AppError('connect.refused', { said: error.said, facts: refused });
  throw error;
}
