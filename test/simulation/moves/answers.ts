import * as v from 'valibot';
import { tasksOf } from '../bill.ts';
import type { Move } from './move.ts';

const driftsSchema = v.object({
  rows: v.array(v.object({ documentId: v.string(), seen: v.string() })),
});

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
  {
    name: 'answer drift',
    weight: 4,
    run: async (scene, { path, answered }) => {
      const { moves } = scene.chance;
      const route = `${path}/drifts`;
      const asked = await scene.ask('look at drifts', () => scene.person.call(`GET ${route}`));
      const drifts = v.safeParse(driftsSchema, asked);
      if (!drifts.success || drifts.output.rows.length === 0) return;
      const { documentId, seen } = moves.pick(drifts.output.rows);
      const answer = moves.pick(['theirs', 'again'] as const);
      // Remembered before it is asked: the app may take it and crash before it answers.
      answered.add(documentId);
      scene.standing?.answered(documentId, answer);
      await scene.ask(`answer drift: ${answer}`, () =>
        scene.person.call(`POST ${route}`, { documentId, seen, answer, linkIds: 'all' }),
      );
    },
  },
];
