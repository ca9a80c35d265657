import { expect, it } from 'vitest';
import { openReadyRoad } from '../kit/ready-road.ts';
import { createSandboxClock } from './clock.ts';
import { marketStoryNames } from './control/market-stories.ts';
import { organisationStoryNames, type StoryName } from './control/stories.ts';
import { STORY_POINTS } from './stories/points.ts';
import { createWorld, DEFAULT_URLS, type World } from './world.ts';

const names: readonly StoryName[] = [...organisationStoryNames, ...marketStoryNames];

const points = [
  'Look before anything is written',
  'A charge that is missing',
  'Prices, runaway months, margins',
  'Currencies',
  'Yearly parts and renewals',
  'Seats in mid-period',
  'Customers who leave',
  'A wrong mapping',
  'Own charges',
  'Month close and penny proof',
  'What if',
  'Several people',
  'Letters and digest',
];

async function tell(world: World, story: StoryName): Promise<{ status: number; text: string }> {
  const isInBooks = organisationStoryNames.some((name) => name === story);
  const organisation = world.systems.xero.organisations()[0]?.name ?? '';
  const response = await world.fetch(
    new Request(`${world.urls.marketplace}/sandbox/stories`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(isInBooks ? { story, organisation } : { story }),
    }),
  );
  return { status: response.status, text: await response.text() };
}
const newWorld = (): World =>
  createWorld({
    clock: createSandboxClock({ startMs: Date.parse('2026-11-23T09:00:00Z'), frozen: true }),
  });
/** All that happened to anybody in the world. */
const happened = (world: World): number =>
  world.players().reduce((sum, player) => sum + player.journal().length, 0);

it('has a story for every point, and a point for every story', () => {
  expect(STORY_POINTS.map(({ point }) => point)).toEqual(points);
  const told = new Set(STORY_POINTS.flatMap(({ stories }) => stories));
  expect([...told].sort()).toEqual([...names].sort());
  expect(STORY_POINTS.every(({ stories }) => stories.length > 0)).toBe(true);
});

it('shows each story as a button of the controls page, and every point beside it', async () => {
  const world = newWorld();
  const response = await world.fetch(new Request(`${DEFAULT_URLS.marketplace}/simulator`));
  const page = await response.text();
  for (const name of names) expect(page).toContain(`name="story" value="${name}"`);
  for (const point of points) expect(page).toContain(`<dt>${point}</dt>`);
});

/** What has to have happened before. */
const before: Partial<Record<StoryName, readonly StoryName[]>> = {
  'late-usage': ['customer-leaves'],
  'late-usage-closed': ['customer-leaves'],
  'forgotten-remembered': ['forgotten-period'],
};
/** What shows only when the billing runs next. */
const silent: readonly StoryName[] = [
  'price-rise',
  'thin-margin',
  'home-vendor',
  'forgotten-period',
  'forgotten-remembered',
];
/** Told of an invoice that the app wrote. */
const needsTheApp: StoryName = 'edited-books';

it.each(names.filter((name) => name !== needsTheApp))(
  'tells "%s" by the control API, in words that say what happened',
  async (name) => {
    const world = newWorld();
    for (const earlier of before[name] ?? []) expect((await tell(world, earlier)).status).toBe(200);
    const count = happened(world);
    const { status, text } = await tell(world, name);
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    expect(Object.keys(JSON.parse(text)).length).toBeGreaterThan(0);
    if (!silent.includes(name)) expect(happened(world)).toBeGreaterThan(count);
  },
);

it('says why a story cannot be told yet', async () => {
  const world = newWorld();
  for (const name of ['forgotten-remembered', needsTheApp] as const)
    expect((await tell(world, name)).status).toBe(422);
});

it('edits an invoice of the app, and the app tells what a person changed there', async () => {
  const ready = await openReadyRoad({});
  try {
    await ready.syncAll();
    const { world } = ready.road;
    const { person } = world.systems.xero;
    const organisation = world.systems.xero
      .organisations()
      .find(({ tenantId }) => person.openInvoices(tenantId).some(({ lines }) => lines.length > 1));
    const response = await world.fetch(
      new Request(`${world.urls.marketplace}/sandbox/stories`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ story: needsTheApp, organisation: organisation?.tenantId }),
      }),
    );
    expect(response.status).toBe(200);
    world.clock.advance({ ms: 1_000 });
    await ready.check();
    const view = await ready.road.call('GET /v1/connections/:connectionId/months/:month', {
      params: { ...ready.params, month: '2026-11' },
      query: {},
    });
    const found = view.figures.flatMap(({ differences }) => differences.map(({ name }) => name));
    expect(found).toEqual(expect.arrayContaining(['edit', 'missing', 'others', 'extra']));
    expect(view.figures.map(({ unexplained }) => Number(unexplained))).toEqual(
      view.figures.map(() => 0),
    );
  } finally {
    await ready.close();
  }
});
