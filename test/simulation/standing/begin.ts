import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../../server/domain/settings.ts';
import type { SystemId } from '../../sandbox/systems.ts';
import { type Business, mapEverybody } from '../begin.ts';
import { hasRealLife } from '../cast.ts';
import { connectSystem } from '../connect.ts';
import type { Scene } from '../scene.ts';
import { psaRows } from './rows.ts';

const minuteMs = 60_000;
const firstCheckMs = 10_000;
const settingsReply = v.object({ settings: settingsSchema });
const codeSchema = v.object({ id: v.number(), useType: v.number(), isActive: v.boolean() });
/** Autotask's own word for codes that one-off charges may have. */
const materialCode = 4;

/**
 * A PSA is connected, from its tile to the first preview, in calm weather; `before` are the connections
 * that bill already. Of their customers every second one is billed by the newest connection from now on.
 */
export async function beginStanding(scene: Scene, before: readonly Business[]): Promise<Business> {
  const { person, chance, system } = scene;
  await scene.wait(person.install(system).then(() => null));
  const billFrom = chance.moves.pick(['2026-11-01', '2026-11-01', '2026-10-25', '2026-11-15']);
  const customers = [
    ...scene.world.marketplace.market.account(scene.reseller.tenantId).customers.keys(),
  ];
  const handed = customers.filter((_, index) => index % 2 === 1);
  const own = new Set(before.length === 0 ? customers : handed);
  const { connectionId, settings } = await setUpStanding(scene, {
    billFrom,
    chosen: null,
    isFirst: before.length === 0,
    customers: own,
  });
  for (const { customers: theirs } of before) for (const id of own) theirs.delete(id);
  scene.trace.note(`in business with ${system}: ${settings.proration}, from ${billFrom}`);
  return {
    connectionId,
    path: `/v1/connections/${connectionId}`,
    settings,
    billFrom,
    customers: own,
    homes: new Map(),
    confirmed: new Map(),
    answered: new Set(),
    begun: new Set(),
    priceRose: false,
    forgotten: 0,
  };
}

/** From a tile that was just put in place to the first preview; `chosen` is what was chosen before. */
export async function setUpStanding(
  scene: Scene,
  {
    billFrom,
    chosen,
    isFirst,
    customers,
  }: {
    billFrom: string;
    chosen: Settings | null;
    /** The first connection bills everybody; a later one whom it is told to bill. */
    isFirst: boolean;
    customers: ReadonlySet<string>;
  },
): Promise<Pick<Business, 'connectionId' | 'settings'>> {
  const { person, system } = scene;
  const must = (work: Promise<unknown>) => scene.wait(work.then((value) => value ?? null));
  if (isFirst) await must(person.connectMarketplace());
  const connectionId = await scene.wait(connectSystem(scene));
  const path = `/v1/connections/${connectionId}`;
  // The check that connecting began ends first: who asks during one gets that one's answer.
  await scene.pass(firstCheckMs);
  const given = v.parse(settingsReply, await must(person.call(`GET ${path}/settings`)));
  const settings = chosen ?? (await chosenSettings(scene, given.settings));
  await must(person.call(`PUT ${path}/settings`, { settings }));
  await must(person.call(`PUT ${path}/bill-from`, { date: billFrom }));
  if (!isFirst)
    await must(
      person.call(`POST ${path}/mappings/customers/bulk`, {
        do: 'bills',
        ids: [...customers],
        on: true,
      }),
    );
  await must(person.call(`POST ${path}/check`));
  await must(mapEverybody(person, path));
  await must(
    person.call(`POST ${path}/openings`, { subscriptionIds: 'all', answer: 'next-order' }),
  );
  await scene.pass(minuteMs);
  scene.trace.note(`${system} is set up`);
  return { connectionId, settings };
}

/** What changes how much is billed is chosen once. */
async function chosenSettings(scene: Scene, settings: Settings): Promise<Settings> {
  const { moves } = scene.chance;
  return {
    ...settings,
    ...(hasRealLife(scene.seed) ? { seatChanges: moves.pick(['lines', 'net'] as const) } : {}),
    seatsDown: moves.chance(80) ? 'credit' : 'quantity-only',
    proration: moves.pick(['marketplace', 'marketplace', 'system']),
    // A month that is larger than the one before is a question of its own.
    monthOffPercent: moves.chance(80) ? null : settings.monthOffPercent,
    accountCode: await scene.wait(accountFor(scene, scene.system)),
  };
}

async function accountFor({ world }: Scene, system: SystemId): Promise<string | null> {
  if (system !== 'autotask') return null;
  const codes = v.parse(v.array(codeSchema), await psaRows(world, 'autotask', 'BillingCodes'));
  const code = codes.find(({ useType, isActive }) => useType === materialCode && isActive);
  return code === undefined ? null : String(code.id);
}
