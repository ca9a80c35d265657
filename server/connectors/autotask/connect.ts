import * as v from 'valibot';
import type { Account } from '../../domain/connection.ts';
import { AppError } from '../../domain/errors.ts';
import type { Feature, OptionalRight } from '../../domain/ports/connector-manifest.ts';
import { type Client, equals, everything, idValue } from './client.ts';
import { accessSchema, companySchema, currencySchema } from './schema.ts';

const level =
  'Admin > Account Settings & Users > Resources/Users > Security Levels, the level of the API user';

/** What each kind of record is needed for, and where a security level allows it. */
const rights = [
  { entity: 'Companies', create: true, what: 'read and create companies', where: 'CRM' },
  { entity: 'Contracts', create: true, what: 'read and create contracts', where: 'Contracts' },
  {
    entity: 'ContractServices',
    create: true,
    what: 'add services to contracts',
    where: 'Contracts',
  },
  {
    entity: 'ContractServiceAdjustments',
    create: true,
    query: false,
    what: 'change units and prices of contract services',
    where: 'Contracts',
  },
  {
    entity: 'ContractServiceUnits',
    create: false,
    what: 'read the units of contract services',
    where: 'Contracts',
  },
  { entity: 'ContractCharges', create: true, what: 'add charges to contracts', where: 'Contracts' },
  {
    entity: 'Services',
    create: true,
    what: 'read and create services',
    where: 'Admin > Products & Services',
  },
  { entity: 'Products', create: false, what: 'read products', where: 'Inventory' },
  { entity: 'BillingCodes', create: false, what: 'read billing codes', where: 'Admin' },
  { entity: 'Currencies', create: false, what: 'read currencies', where: 'Admin' },
] as const;

/** Each is for something of its own: without it that alone is hidden. */
const wanted: readonly {
  feature: Feature;
  entities: readonly string[];
  scope: string;
  why: string;
  where: string;
}[] = [
  {
    feature: 'invoices',
    entities: ['Invoices', 'BillingItems'],
    scope: 'Contracts: invoices, billing items',
    why: 'to show invoices, whether they are paid, which lines they billed, and their PDF',
    where: `${level} > Contracts`,
  },
  {
    feature: 'quotes',
    entities: ['Opportunities'],
    scope: 'CRM: opportunities',
    why: 'to show open opportunities and their quotes',
    where: `${level} > CRM`,
  },
  {
    feature: 'tickets',
    entities: ['Tickets'],
    scope: 'Service Desk: tickets',
    why: 'to open a ticket about what stopped, and close it when that is solved',
    where: `${level} > Service Desk`,
  },
];
export const optionalRights: readonly OptionalRight[] = wanted.map(
  ({ feature, scope, why, where }) => ({ feature, scope, why, where }),
);

/** Which of them the API user lacks. */
export async function lackedFeatures(client: Client): Promise<Feature[]> {
  const lacked: Feature[] = [];
  for (const { feature, entities } of wanted) {
    for (const entity of entities) {
      if (await mayQuery(client, entity)) continue;
      lacked.push(feature);
      break;
    }
  }
  return lacked;
}

async function mayQuery(client: Client, entity: string): Promise<boolean> {
  try {
    const told = v.safeParse(accessSchema, await client.get(`${entity}/entityInformation`));
    return !told.success || told.output.info.userAccessForQuery !== 'None';
  } catch (error) {
    if (error instanceof AppError && error.code === 'system.scope') return false;
    throw error;
  }
}

/** These are never empty: a narrowed level answers them with nothing instead of a refusal. */
const neverEmpty = ['Companies', 'BillingCodes', 'Currencies'];

/**
 * Tries all that a connection needs, one right after the other. Throws `connect.right` with the first
 * one missing and where to grant it, `connect.refused` where the login itself is not accepted.
 */
export async function requireRights(client: Client): Promise<void> {
  await client.zone().catch(refusedLogin);
  for (const right of rights) {
    const { entity, what, where } = right;
    const missing = new AppError('connect.right', {
      facts: { right: what, where: `${level} > ${where}` },
    });
    const told = await client.get(`${entity}/entityInformation`).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'system.scope')
        throw new AppError('connect.right', { said: error.said, facts: missing.facts });
      return refusedLogin(error);
    });
    const access = v.safeParse(accessSchema, told);
    const { userAccessForCreate, userAccessForQuery } = access.success
      ? access.output.info
      : { userAccessForCreate: null, userAccessForQuery: null };
    if (right.create && userAccessForCreate === 'None') throw missing;
    if (!('query' in right) && userAccessForQuery === 'None') throw missing;
    if (!neverEmpty.includes(entity)) continue;
    const { records, unreadable } = await client.query(entity, v.unknown(), [everything], {
      recordsMax: 1,
    });
    if (records.length + unreadable.length === 0) throw missing;
  }
}

/** The tenant's own company, its currency and the number of its database. */
export async function readAccount(client: Client, timeZone: string): Promise<Account> {
  const { database, webUrl } = await client.zone();
  const own = await client.query('Companies', companySchema, [equals('id', idValue('0'))]);
  const currencies = await client.query('Currencies', currencySchema, [everything]);
  const internal = currencies.records.find(({ isInternalCurrency }) => isInternalCurrency === true);
  if (internal === undefined)
    throw new AppError('connect.right', {
      facts: { right: 'read currencies', where: `${level} > Admin` },
    });
  return {
    id: database,
    name: own.records[0]?.companyName ?? `Database ${database}`,
    baseCurrency: internal.name,
    country: '',
    timeZone,
    taxBasis: 'exclusive',
    lockedUntil: null,
    demo: false,
    shortCode: null,
    webUrl,
  };
}

const refused = {
  system: 'Autotask PSA',
  check:
    'Check the username (key) and the password (secret), and that the API user is active and not locked there. A new user can take five minutes to work. Then test again.',
};

function refusedLogin(error: unknown): never {
  if (error instanceof AppError && error.code === 'system.reconnect')
    throw new AppError('connect.refused', { said: error.said, facts: refused });
  throw error;
}
