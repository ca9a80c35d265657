import { setUp } from '../begin.ts';
import { connectSystem } from '../connect.ts';
import { calm, waitForNewDay } from '../heal.ts';
import { byHandOf } from './by-hand.ts';
import type { Move } from './move.ts';

const minuteMs = 60_000;

/** What happens in the system while the app cannot look. */
const unseen: Move['run'] = async (scene, business) => {
  for (let left = scene.chance.moves.integer(0, 2); left > 0; left -= 1)
    for (const move of byHandOf(scene)) await move.run(scene, business);
};

/** The app loses its access and gets it again: what it wrote before must be known afterwards. */
export const accessMoves: readonly Move[] = [
  {
    name: 'disconnect and reconnect',
    weight: 2,
    run: async (scene, business) => {
      const { person, chance, ask } = scene;
      person.signOut();
      await ask('disconnect', () => person.call(`DELETE ${business.path}`));
      await scene.pass(chance.moves.integer(1, 10 * minuteMs));
      await unseen(scene, business);
      person.signOut();
      // Where it fails, healing connects again.
      await ask('reconnect the same organisation', () => connectSystem(scene));
      await scene.pass(minuteMs);
    },
  },
  {
    name: 'uninstall and install again',
    weight: 1,
    run: async (scene, business) => {
      const { person, chance, trace } = scene;
      const told = async (what: string, work: Promise<void>) => {
        await scene.wait(work.then(() => true));
        trace.note(what);
      };
      // A marketplace calls again until it is answered; here the weather is calm instead.
      calm(scene);
      // The marketplace's keys, where they were out of reach, are asked for again (keySetLimits).
      await scene.pass(minuteMs);
      await waitForNewDay(scene, business);
      await told('uninstalled', person.uninstall());
      await scene.pass(chance.moves.integer(1, 10 * minuteMs));
      await unseen(scene, business);
      if (chance.moves.chance(40)) {
        await told('redacted: everything about this reseller is forgotten', person.redact());
        business.forgotten = scene.xero.additions().length;
        business.homes.clear();
        await scene.pass(chance.moves.integer(1, 10 * minuteMs));
      }
      person.signOut();
      await told('installed again', person.install());
      const { billFrom, settings: chosen } = business;
      const { connectionId } = await setUp(scene, { billFrom, chosen });
      trace.note(connectionId === business.connectionId ? 'same connection' : 'a new connection');
      Object.assign(business, { connectionId, path: `/v1/connections/${connectionId}` });
    },
  },
];
