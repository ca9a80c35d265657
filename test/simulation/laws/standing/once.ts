import { ownKey } from '../../../../server/domain/ids.ts';
import type { Link } from '../../../../server/domain/link.ts';
import type { StandingLine } from '../../standing/books.ts';
import type { Evidence, Law } from '../law.ts';

/** Never twice, where lines stay open. */
export const standingOnceLaws: readonly Law[] = [
  { name: 'never-twice', broken: (evidence) => booksOf(evidence).twice() },
  {
    name: 'linked-is-there',
    broken: (evidence) => {
      const there = new Set(
        booksOf(evidence)
          .lines()
          .flatMap(({ isGone, mark }) => (isGone || mark === null ? [] : [mark])),
      );
      // What is ordered and ended before its line would begin needs no line.
      const ended = new Set<string>(
        liveLinks(evidence).flatMap(({ step }) => (step?.quantity === '0' ? [step.marker] : [])),
      );
      return liveLinks(evidence).flatMap((link) =>
        marksOf(link).flatMap((marker) =>
          there.has(marker) ||
          ended.has(marker) ||
          isDriftShown(evidence, link) ||
          isAnswered(evidence, marker)
            ? []
            : [`${marker} on ${link.documentNumber} is gone and nobody is told`],
        ),
      );
    },
  },
  {
    name: 'there-is-linked',
    broken: (evidence) => {
      const links = evidence.reader.list('link');
      const known = new Set(links.flatMap(marksOf));
      const live = new Set(liveLinks(evidence).flatMap(marksOf));
      const told = new Set<string>([
        ...links.filter((link) => isDriftShown(evidence, link)).flatMap(marksOf),
        // A person looks up what became of it.
        ...evidence.reader
          .list('intent')
          .flatMap(({ state, element }) => (state === 'unclear' ? element.lineMarkers : [])),
      ]);
      return booksOf(evidence)
        .lines()
        .flatMap((line) => {
          const { mark, byApp, isGone } = line;
          if (mark === null || !byApp || isGone) return [];
          if (!known.has(mark) && !told.has(mark))
            return [`${mark} (${line.key}) belongs to no link`];
          return live.has(mark) || told.has(mark) || hasEnded(line)
            ? []
            : [`${mark} (${line.key}) stands although it was freed`];
        });
    },
  },
];

export function booksOf({ standing }: Evidence) {
  if (standing === null) throw new Error('lines of this system do not stay open');
  return standing.books;
}

const hasEnded = ({ isOnce, quantity, until }: StandingLine): boolean =>
  !isOnce && (quantity === 0 || until !== null);

/** The mark of its own line, and of the open line that it changed. */
const marksOf = ({ marker, step }: Link): string[] => [
  ...new Set<string>([marker, ...(step === undefined ? [] : [step.marker])]),
];

/** A person took it off, and answered that it is off. */
const isAnswered = (evidence: Evidence, marker: string): boolean =>
  booksOf(evidence)
    .lines()
    .some(
      ({ mark, isGone, documentId }) =>
        mark === marker && isGone && evidence.business.answered.has(documentId),
    );

const liveLinks = ({ reader }: Evidence): Link[] =>
  reader.list('link').filter(({ state }) => state === 'live');

export function isDriftShown({ reader, business }: Evidence, link: Link): boolean {
  const { documentId } = link;
  const drift = reader.get('snapshot', ownKey(business.connectionId, documentId))?.drift ?? null;
  return (
    drift === 'voided' ||
    drift === 'deleted' ||
    marksOf(link).some((marker) => drift?.includes(marker) === true)
  );
}
