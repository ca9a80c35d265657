import type { Element, Intent } from '../../domain/intent.ts';
import type { Recovered } from '../../domain/ports/write.ts';

/** How much of an element stands in the system; `elsewhere` is neither where it was nor on the way. */
export type Part = 'all' | 'some' | 'none' | 'elsewhere';

/**
 * What became of elements of a standing document, of which lines are written one after the other: with
 * one line of a document begun, those that are missing are unfinished, and not absent. An answer each,
 * in their order; `whole` gives that of an element that is there in full.
 */
export async function recoveredParts(
  intents: readonly Intent[],
  parts: readonly Part[],
  whole: (element: Element, index: number) => Promise<Recovered>,
): Promise<Recovered[]> {
  const isBegun = (part: Part | undefined): boolean => part === 'all' || part === 'some';
  const isBegunBeside = ({ ref, batch }: Element): boolean =>
    intents.some(
      ({ element }, index) =>
        element.ref === ref && element.batch === batch && isBegun(parts[index]),
    );
  const answers: Recovered[] = [];
  for (const [index, { element }] of intents.entries()) {
    const part = parts[index] ?? 'elsewhere';
    switch (part) {
      case 'all':
        answers.push(await whole(element, index));
        break;
      case 'some':
        answers.push({ status: 'unfinished' });
        break;
      case 'none':
        answers.push({ status: isBegunBeside(element) ? 'unfinished' : 'absent' });
        break;
      case 'elsewhere':
        answers.push(unclear(element));
        break;
      default:
        part satisfies never;
    }
  }
  return answers;
}

/** A person looks at the document, or searches for what was to be made. */
export const unclear = ({ documentId, ref }: Element): Recovered => ({
  status: 'unclear',
  lookAt: documentId ?? ref,
});

export const happened = (
  made: Partial<Omit<Extract<Recovered, { status: 'happened' }>, 'status'>>,
): Recovered => ({ status: 'happened', document: null, company: null, item: null, ...made });
