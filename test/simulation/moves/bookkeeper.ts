import type { Document } from '../../bookkeeper/xero-journal.ts';
import type { Scene } from '../scene.ts';
import { isGone } from '../xero-books.ts';
import type { Move } from './move.ts';

/** What people do in Xero itself, on our documents and beside them. */
export const bookkeeperMoves: readonly Move[] = [
  {
    name: 'bookkeeper',
    weight: 9,
    run: async (scene) => {
      const { moves } = scene.chance;
      const standing = scene.xero.documents().filter((document) => !isGone(document));
      const ours = standing.filter(({ reference }) => /\bLD[0-9A-Z]{12}\b/.test(reference));
      const documents = ours.length > 0 && moves.chance(80) ? ours : standing;
      if (documents.length === 0) return;
      // Often the newest: the app may not have heard yet that it wrote it.
      const newest = documents.at(-1);
      actOn(scene, newest !== undefined && moves.chance(40) ? newest : moves.pick(documents));
    },
  },
];

/** People are quick with what the app just wrote, and may not have heard of yet. */
export function actOnNewest(scene: Scene): void {
  const newest = scene.xero.documents().at(-1);
  if (newest !== undefined && !isGone(newest)) actOn(scene, newest, quickActs);
}

const quickActs = ['set the reference of', 'edit a line of', 'delete a line of', 'remove'];

function actOn(scene: Scene, { id, lines, number }: Document, names?: readonly string[]): void {
  const { moves } = scene.chance;
  const line = lines.length === 0 ? null : moves.pick(lines);
  const { person } = scene.world.systems.xero;
  const lineId = line?.lineItemId ?? '';
  const acts: Record<string, () => unknown> = {
    approve: () => person.approve(id),
    submit: () => person.submit(id),
    pay: () => person.pay(id),
    void: () => person.void(id),
    remove: () => person.remove(id),
    'edit a line of': () => person.editLine(id, lineId, { unitAmount: '7.77' }),
    'delete a line of': () => person.deleteLine(id, lineId),
    'add a line to': () =>
      person.addLine(id, {
        description: 'By hand',
        quantity: '1',
        unitAmount: '12.5',
        accountCode: '200',
      }),
    'also add a line to': () =>
      person.addLine(id, {
        description: 'Also by hand',
        quantity: '2',
        unitAmount: '4.2',
        accountCode: '200',
      }),
    'set the reference of': () => person.setReference(id, 'changed by hand'),
  };
  const name = moves.pick(names ?? Object.keys(acts));
  act(scene, `${name} ${number}`, acts[name]);
}

function act(scene: Scene, what: string, work: (() => unknown) | undefined): void {
  try {
    work?.();
    scene.trace.note(`by hand: ${what}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    scene.trace.note(`by hand: ${what}: refused`);
  }
}
