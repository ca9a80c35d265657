import { tasksOf } from '../bill.ts';
import type { Move } from './move.ts';

/** What the reseller's people answer where a task asks. */
export const answerMoves: readonly Move[] = [
  {
    name: 'answer',
    weight: 5,
    run: async (scene, business) => {
      const { moves } = scene.chance;
      const asked = (await tasksOf(scene, business, 'needs')).flatMap(({ customerId, needs }) =>
        needs.map((need) => ({ ...need, customerId })),
      );
      if (asked.length === 0) return;
      const { code, subject, facts, customerId } = moves.pick(asked);
      const decisions = `${business.path}/decisions`;
      const decide = (scope: object, value: object) =>
        scene.ask(`answer ${code}`, () => scene.person.call(`POST ${decisions}`, { scope, value }));
      const seen = facts.seen ?? '';
      const accept = { kind: 'accept', need: code, seen };
      const customer = { kind: 'customer', customerId };
      switch (code) {
        case 'undone':
          await scene.ask('bill again', () =>
            scene.person.call(`DELETE ${decisions}/${facts.decision ?? ''}`),
          );
          return;
        case 'straddle':
          await decide(customer, {
            kind: 'straddle',
            answer: moves.pick(['bill', 'already-billed']),
          });
          return;
        case 'document-closed':
          await decide(customer, accept);
          return;
        case 'below-cost':
          await decide({ kind: 'charge', key: subject, revision: '' }, accept);
          return;
        default:
          scene.trace.note(`${code} is left`);
      }
    },
  },
];
