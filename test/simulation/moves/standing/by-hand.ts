import type { Business } from '../../begin.ts';
import type { Scene } from '../../scene.ts';
import type { StandingBooks } from '../../standing/books.ts';
import type { Move } from '../move.ts';
import { autotaskActs } from './autotask-acts.ts';
import { connectWiseActs } from './connectwise-acts.ts';

/** What people do in the PSA itself, on our lines and beside them; each throws what they are refused. */
export type Acts = Readonly<Record<string, () => unknown>>;

export const byHandMoves: readonly Move[] = [
  {
    name: 'by hand in the PSA',
    weight: 8,
    run: async (scene, business) => {
      const { standing } = scene;
      if (standing === null) return;
      const acts = actsIn(scene, business, standing);
      const name = scene.chance.moves.pick(Object.keys(acts));
      try {
        acts[name]?.();
        scene.trace.note(`by hand: ${name}`);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        scene.trace.note(`by hand: ${name}: refused`);
      }
    },
  },
];

function actsIn(scene: Scene, { settings }: Business, standing: StandingBooks): Acts {
  const { moves } = scene.chance;
  const lines = standing.lines().filter(({ isGone }) => !isGone);
  const ours = lines.filter(({ byApp }) => byApp);
  // Often the newest: the app may not have heard yet that it wrote it.
  const line = moves.chance(40)
    ? ours.at(-1)
    : ours.length > 0 && moves.chance(80)
      ? moves.pick(ours)
      : lines.at(-1);
  const documents = [...new Set(ours.map(({ documentId }) => documentId))];
  const documentId = documents.length === 0 ? null : moves.pick(documents);
  return standing.system === 'autotask'
    ? autotaskActs(scene, { line, documentId, code: settings.accountCode })
    : connectWiseActs(scene, { line, documentId });
}
