import type { Element, Intent } from '../../domain/intent.ts';
import type { Recovered } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { happened, type Part, recoveredParts } from '../kit/recovered.ts';
import { chainFor } from './additions.ts';
import { agreementBodySchema, itemBodySchema, type LineBody, lineBodySchema } from './body.ts';
import type { Client } from './client.ts';
import { companiesByNumber, itemsByCode } from './create.ts';
import { companyOf, itemOf } from './map.ts';
import { isBegun, isKnown, movesLeft } from './moves.ts';
import type { Reader, Whole } from './reader.ts';

interface Options {
  client: Client;
  reader: Reader;
  intents: readonly Intent[];
}
interface Found {
  part: Part;
  made: Parameters<typeof happened>[0];
}

/**
 * What became of writes whose answer was lost; an answer each, in their order. An agreement is found by
 * the mark in its name, an addition by the mark in its description and by its day, units and price.
 * Lines of one agreement are one group: with one of them done, the others are unfinished.
 */
export async function recoverIntents({ client, reader, intents }: Options): Promise<Recovered[]> {
  const found: Found[] = [];
  for (const { element } of intents) found.push(await foundOf(client, reader, element));
  return recoveredParts(
    intents,
    found.map(({ part }) => part),
    async (_element, index) => happened(found[index]?.made ?? {}),
  );
}

async function foundOf(client: Client, reader: Reader, element: Element): Promise<Found> {
  switch (element.kind) {
    case 'company-create': {
      const [company] = await companiesByNumber(client, element.marker);
      if (company === undefined) return nothing;
      return { part: 'all', made: { company: companyOf(company, await reader.around()) } };
    }
    case 'item-create': {
      const [item] = await itemsByCode(client, storedBody(itemBodySchema, element).code);
      return item === undefined ? nothing : { part: 'all', made: { item: itemOf(item) } };
    }
    case 'document-create': {
      const [agreement, other] = await reader.byMark(element.marker);
      if (other !== undefined) return elsewhere;
      if (agreement === undefined) return nothing;
      const whole = await reader.whole(agreement.id);
      if (whole === null) return elsewhere;
      const parts = storedBody(agreementBodySchema, element).lines.map((line) =>
        partOf(whole, line),
      );
      if (parts.includes('elsewhere')) return elsewhere;
      return parts.every((part) => part === 'all')
        ? { part: 'all', made: { document: await reader.documentOf(whole) } }
        : { part: 'some', made: {} };
    }
    case 'document-change': {
      const whole = await reader.whole(element.documentId ?? '');
      if (whole === null) return elsewhere;
      const part = partOf(whole, storedBody(lineBodySchema, element));
      return {
        part,
        made: part === 'all' ? { document: await reader.documentOf(whole) } : {},
      };
    }
    case 'document-state':
    case 'allocate':
    case 'send':
    case 'remove':
      return elsewhere;
    default:
      return element.kind satisfies never;
  }
}

const nothing: Found = { part: 'none', made: {} };
const elsewhere: Found = { part: 'elsewhere', made: {} };

function partOf({ additions }: Whole, body: LineBody): Part {
  switch (body.kind) {
    case 'once':
      return chainFor(additions, { marker: body.marker, lineId: null }) === null ? 'none' : 'all';
    case 'remove':
      return additions.some(({ id }) => id === body.lineId) ? 'none' : 'all';
    case 'open': {
      const chain = chainFor(additions, body);
      if (chain === null && body.lineId !== null) return 'elsewhere';
      if (movesLeft(body, chain).length === 0) return 'all';
      if (!isKnown(body, chain)) return 'elsewhere';
      return isBegun(body, chain) ? 'some' : 'none';
    }
    default:
      return body satisfies never;
  }
}
