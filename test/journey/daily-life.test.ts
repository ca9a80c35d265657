import { expect } from 'vitest';
import { standingIn } from '../kit/xero-lines.ts';
import { activeSubscription, expectToTheCent, journey, newOrder, seatsOf } from './journey.ts';

for (const refunds of ['with', 'credit-note'] as const)
  journey(
    `seats, a cancellation and a month's billing run, refunds ${refunds}`,
    { settings: { invoice: 'existing', refunds } },
    async (ready) => {
      await ready.syncAll();
      const { subscriptionId } = await newOrder(ready, { quantity: 5 });
      await ready.syncAll();
      await expectToTheCent(ready);

      await ready.order({ action: 'change', subscriptionId, quantity: 9 });
      await ready.syncAll();
      await expectToTheCent(ready);

      await ready.order({ action: 'change', subscriptionId, quantity: 2 });
      await ready.syncAll();
      await expectToTheCent(ready);

      await ready.order({ action: 'cancel', subscriptionId });
      await ready.syncAll();
      await expectToTheCent(ready);
      if (refunds === 'credit-note')
        expect(standingIn(ready).some(({ kind }) => kind === 'creditnote')).toBe(true);

      await ready.pass({ months: 1 });
      await ready.order({ action: 'billing-run' });
      await ready.syncAll();
      expect(await ready.tasks('needs')).toEqual([]);
      await expectToTheCent(ready);
    },
  );

journey(
  'seats go down and the reseller keeps the refund',
  { settings: { seatsDown: 'quantity-only' } },
  async (ready) => {
    await ready.syncAll();
    const subscription = activeSubscription(ready, (each) => seatsOf(each) > 1);
    await ready.order({ action: 'change', subscriptionId: subscription.id, quantity: 1 });
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);
