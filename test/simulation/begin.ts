import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../server/domain/settings.ts';
import type { Shown } from './bill.ts';
import { hasRealLife } from './cast.ts';
import type { Person } from './person.ts';
import type { Scene } from './scene.ts';

export interface Business {
  connectionId: string;
  /** `/v1/connections/<id>` */
  path: string;
  settings: Settings;
  billFrom: string;
  /** Whom this connection bills. */
  customers: Set<string>;
  /** Where customers that somebody unmapped belong. */
  homes: Map<string, string>;
  /** Every document that a person confirmed, as it was shown, by its fingerprint. */
  confirmed: Map<string, Shown>;
  /** Documents about whose changes by people somebody answered. */
  answered: Set<string>;
  /** Marks of what was being written when somebody said of its customer "do not bill". */
  begun: Set<string>;
  /** The marketplace raised a price in this life. */
  priceRose: boolean;
  /** So many changes of Xero were made before the app last forgot everything. */
  forgotten: number;
}

const rowsSchema = v.object({ rows: v.array(v.object({ id: v.string() })) });
const productRowsSchema = v.object({
  rows: v.array(
    v.object({
      id: v.string(),
      productKey: v.string(),
      name: v.string(),
      partNumber: v.nullable(v.string()),
      fee: v.nullable(v.string()),
    }),
  ),
});
const settingsReply = v.object({ settings: settingsSchema });
const minuteMs = 60_000;
const firstCheckMs = 10_000;

/** From "Install now" to the first preview, in calm weather: every simulation begins here. */
export async function beginBusiness(scene: Scene): Promise<Business> {
  const { person, chance } = scene;
  await scene.wait(person.install().then(() => null));
  const billFrom = chance.moves.pick(['2026-11-01', '2026-11-01', '2026-10-25', '2026-11-15']);
  const { connectionId, settings } = await setUp(scene, { billFrom, chosen: null });
  scene.trace.note(`in business: ${settings.invoice}, ${settings.postAs}, from ${billFrom}`);
  const path = `/v1/connections/${connectionId}`;
  return {
    connectionId,
    path,
    settings,
    billFrom,
    customers: new Set(
      scene.world.marketplace.market.account(scene.reseller.tenantId).customers.keys(),
    ),
    homes: new Map(),
    confirmed: new Map(),
    answered: new Set(),
    begun: new Set(),
    priceRose: false,
    forgotten: 0,
  };
}

/** From an app that was just installed to the first preview; `chosen` is what was chosen before. */
export async function setUp(
  scene: Scene,
  { billFrom, chosen }: { billFrom: string; chosen: Settings | null },
): Promise<Pick<Business, 'connectionId' | 'settings'>> {
  const { person } = scene;
  const must = (work: Promise<unknown>) => scene.wait(work.then((value) => value ?? null));
  await must(person.connectMarketplace());
  const connectionId = await scene.wait(person.connectXero(scene.organisation));
  const path = `/v1/connections/${connectionId}`;
  // The check that connecting began ends first: who asks during one gets that one's answer.
  await scene.pass(firstCheckMs);
  const given = v.parse(settingsReply, await must(person.call(`GET ${path}/settings`)));
  const settings = chosen ?? chosenSettings(scene, given.settings);
  await must(person.call(`PUT ${path}/settings`, { settings }));
  await must(person.call(`PUT ${path}/bill-from`, { date: billFrom }));
  await must(person.call(`POST ${path}/check`));
  await must(mapEverybody(scene.person, path));
  await must(
    person.call(`POST ${path}/openings`, { subscriptionIds: 'all', answer: 'next-order' }),
  );
  await scene.pass(minuteMs);
  return { connectionId, settings };
}

/** What changes how much is billed is chosen once; what changes only where and how may change later. */
function chosenSettings({ seed, chance: { moves } }: Scene, settings: Settings): Settings {
  return {
    ...settings,
    ...(hasRealLife(seed) ? realLifeSettings(moves) : {}),
    accountCode: '200',
    seatsDown: moves.chance(80) ? 'credit' : 'quantity-only',
    ...changeableSettings(moves),
  };
}

/** How what real life brings is to be billed. */
function realLifeSettings(
  moves: Scene['chance']['moves'],
): Pick<Settings, 'seatChanges' | 'otherCurrency' | 'rates' | 'marginFloor'> {
  const [first, later] = ['1.5', '1.625'];
  return {
    seatChanges: moves.pick(['lines', 'net']),
    otherCurrency: moves.pick(['separate', 'my-rate', 'order-rate']),
    rates: [
      { from: 'USD', to: 'AUD', rate: first, since: '2026-10-01' },
      { from: 'USD', to: 'AUD', rate: later, since: '2026-11-25' },
    ],
    marginFloor: moves.pick([
      { mode: 'off' as const },
      { mode: 'warn' as const, percent: 10 },
      { mode: 'hold' as const, percent: 10 },
    ]),
  };
}

export function changeableSettings(
  moves: Scene['chance']['moves'],
): Pick<Settings, 'invoice' | 'postAs' | 'refunds' | 'yearly' | 'whenClosed' | 'documentDate'> {
  const invoice = moves.pick(['existing', 'existing', 'per-order', 'monthly'] as const);
  return {
    invoice,
    // What is to grow must stay open.
    postAs: moves.pick(
      invoice === 'existing'
        ? (['draft', 'draft', 'draft', 'submitted'] as const)
        : (['draft', 'submitted', 'approved', 'sent'] as const),
    ),
    refunds: moves.pick(['with', 'credit-note']),
    yearly: moves.pick(['own', 'join']),
    whenClosed: moves.pick(['new', 'new', 'hold']),
    documentDate: moves.pick(['first-order', 'written']),
  };
}

/** Suggestions first, then whatever is left is created in the system. */
export async function mapEverybody(person: Person, path: string): Promise<void> {
  const customers = `${path}/mappings/customers`;
  const products = `${path}/mappings/products`;
  for (const rows of [customers, products]) {
    await person.call(`POST ${rows}/bulk`, { do: 'suggest' });
    await person.call(`POST ${rows}/bulk`, { do: 'confirm', ids: 'exact' });
  }
  const people = v.parse(rowsSchema, await person.call(`GET ${customers}?only=unmapped`));
  if (people.rows.length > 0)
    await person.call(`POST ${customers}/bulk`, {
      do: 'create',
      ids: people.rows.map(({ id }) => id),
    });
  const things = v.parse(productRowsSchema, await person.call(`GET ${products}?only=unmapped`));
  const items = things.rows.map(({ productKey, fee, name, partNumber }) => ({
    productKey,
    fee,
    draft: {
      code: (partNumber ?? productKey).slice(0, 30),
      name: name.slice(0, 50),
      description: null,
      price: null,
      accountCode: '200',
      taxType: null,
    },
  }));
  if (items.length > 0) await person.call(`POST ${products}/create`, { items });
}
