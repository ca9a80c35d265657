import { expect } from 'vitest';
import { standingIn } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

journey(
  'a closed month is posted by itself, goes on after a limit and a kill, and once',
  { settings: { invoice: 'monthly', postAs: 'approved', closingDay: 28 } },
  async (ready) => {
    const { road, params } = ready;
    const { clock, systems } = road.world;
    await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
      params,
      body: { do: 'automatic', ids: 'all', on: true },
    });
    await ready.syncAll();
    const drafts = standingIn(ready);
    expect(drafts.length).toBeGreaterThan(1);
    expect(new Set(drafts.map(({ status }) => status))).toEqual(new Set(['DRAFT']));
    await ready.settings({ automatic: { mode: 'every-5-minutes' } });
    const closings = async () => {
      const runs = await road.call('GET /v1/connections/:connectionId/runs', { params });
      return runs.filter(({ kind }) => kind === 'closing');
    };
    await ready.check();
    expect(await closings()).toEqual([]);

    const retryAfterS = 7_200;
    systems.xero.setFault('rate-limit-day', { times: 1, method: 'POST', retryAfterS });
    clock.advance({ days: 5 });
    await ready.check();
    const [delayed] = await road.until('the limit', async () => {
      const runs = await closings();
      return runs.some(({ parts }) => parts.some(({ state }) => state === 'delayed')) ? runs : null;
    });
    expect(delayed?.endedAt).toBeNull();
    await road.crash();
    await road.begin();
    clock.advance({ ms: (retryAfterS + 120) * 1000 });
    const done = await ready.ended(delayed?.id ?? '');
    expect(done.parts.map(({ state }) => state)).toEqual(done.parts.map(() => 'written'));
    const posted = standingIn(ready).filter(({ id }) => drafts.some((draft) => draft.id === id));
    expect(new Set(posted.map(({ status }) => status))).toEqual(new Set(['AUTHORISED']));
    await ready.check();
    expect(await closings()).toHaveLength(1);
    await expectToTheCent(ready);
  },
);
