import type { Move } from '../move.ts';

/** Which contract or agreement takes a customer's lines. */
export const choiceMoves: readonly Move[] = [
  {
    name: 'choose a contract',
    weight: 3,
    run: async (scene, { path, customers }) => {
      const { ask, person, chance, standing } = scene;
      const documents = [...new Set(standing?.lines().map(({ documentId }) => documentId))];
      if (documents.length === 0 || customers.size === 0) return;
      const customerId = chance.moves.pick([...customers]);
      const documentId = chance.moves.chance(75) ? chance.moves.pick(documents) : null;
      await ask(`${documentId ?? 'a new contract'} is chosen for ${customerId}`, () =>
        person.call(`POST ${path}/decisions`, {
          scope: { kind: 'customer', customerId },
          value: { kind: 'document', documentId },
        }),
      );
    },
  },
];
