import { ownKey } from '../../../server/domain/ids.ts';
import type { Link } from '../../../server/domain/link.ts';
import type { MarkedLine, XeroBooks } from '../xero-books.ts';
import type { Evidence, Law } from './law.ts';

/** Never twice. */
export const markedOnce = (lines: readonly MarkedLine[]): string[] =>
  [...Map.groupBy(lines, ({ marker }) => marker)].flatMap(([marker, same]) =>
    same.length === 1
      ? []
      : [`${marker} stands on ${same.map(({ document }) => document.number).join(' and ')}`],
  );

export const onceLaws: readonly Law[] = [
  { name: 'never-twice', broken: ({ lines }) => markedOnce(lines) },
  {
    // Not even after its line was taken back: recovery would find the one for the other.
    name: 'mark-used-once',
    // What a redact made it forget it can know again only where it still stands.
    broken: ({ xero, business }) =>
      [...Map.groupBy(writtenSince(xero, business.forgotten), ({ marker }) => marker)].flatMap(
        ([marker, same]) =>
          same.length === 1
            ? []
            : [
                `${marker} was written on ${same.map(({ document }) => document.number).join(', ')}`,
              ],
      ),
  },
  {
    name: 'linked-is-there',
    broken: (evidence) =>
      liveLinks(evidence).flatMap((link) => {
        const found = evidence.lines.filter(({ marker }) => marker === link.marker);
        const [line] = found;
        if (line !== undefined && isAsLinked(line, link)) return [];
        return isDriftShown(evidence, link)
          ? []
          : [
              `${link.marker} on ${link.documentNumber} is ${line === undefined ? 'gone' : 'another'} and nobody is told`,
            ];
      }),
  },
  {
    name: 'there-is-linked',
    broken: (evidence) => {
      const links = new Map<string, Link>(
        evidence.reader.list('link').map((link) => [link.marker, link]),
      );
      return evidence.lines.flatMap(({ marker, document }) => {
        const link = links.get(marker);
        if (link === undefined) return [`${marker} on ${document.number} belongs to no link`];
        return link.state === 'live' || isDriftShown(evidence, link)
          ? []
          : [`${marker} on ${document.number} stands although it was freed`];
      });
    },
  },
  {
    // Not unasked: a person answers what their own change there means.
    name: 'taken-off-stays-off',
    broken: ({ reader, xero, business, log }) => {
      const taken = xero.takenOffByPeople();
      const undone = new Set(
        log.flatMap(({ action, documentId }) => (action === 'undone' ? [documentId] : [])),
      );
      const links = reader.list('link').filter(({ sign }) => sign === 1);
      return links.flatMap(
        ({ marker, state, chargeKey, generation, documentId, documentNumber }) => {
          if (!taken.has(marker) || undone.has(documentId) || business.answered.has(documentId))
            return [];
          const isAgain = links.some(
            (later) => later.chargeKey === chargeKey && later.generation > generation,
          );
          return state === 'live' && !isAgain
            ? []
            : [`${marker} was taken off ${documentNumber} by a person, who was never asked`];
        },
      );
    },
  },
  {
    name: 'charge-on-one-document',
    broken: (evidence) =>
      [
        ...Map.groupBy(
          standingLinks(evidence),
          ({ chargeKey, instalment, sign }) => `${chargeKey} ${instalment} ${sign}`,
        ),
      ].flatMap(([charge, links]) =>
        links.length === 1 ? [] : [`${charge} has ${links.length} live links`],
      ),
  },
];

/** Live, and not taken back by a mirror on another document; nor are the mirrors themselves. */
function standingLinks(evidence: Evidence): Link[] {
  const live = liveLinks(evidence);
  const portion = ({ chargeKey, instalment, generation }: Link) =>
    `${chargeKey} ${instalment} ${generation}`;
  const mirrored = new Set(live.flatMap((link) => (link.sign === -1 ? [portion(link)] : [])));
  return live.filter((link) => !mirrored.has(portion(link)));
}

const writtenSince = (xero: XeroBooks, additions: number): MarkedLine[] =>
  xero
    .additions()
    .slice(additions)
    .flatMap(({ lines }) => lines);

const liveLinks = ({ reader }: Evidence): Link[] =>
  reader.list('link').filter(({ state }) => state === 'live');

function isAsLinked({ line, document }: MarkedLine, { amount, documentId }: Link): boolean {
  const minor = BigInt(Math.round(Number(line.lineAmount) * 100));
  const same =
    minor === amount.amountMinor ||
    (document.kind === 'creditnote' && minor === -amount.amountMinor);
  return same && document.id === documentId && document.currencyCode === amount.currency;
}

function isDriftShown({ reader, business }: Evidence, { documentId, marker }: Link): boolean {
  const drift = reader.get('snapshot', ownKey(business.connectionId, documentId))?.drift ?? null;
  return drift === 'voided' || drift === 'deleted' || drift?.includes(marker) === true;
}
