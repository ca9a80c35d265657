import { compare } from '../../domain/decimal.ts';
import type { Element, Intent } from '../../domain/intent.ts';
import type { Recovered } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { happened, type Part, recoveredParts, unclear } from '../kit/recovered.ts';
import {
  contractBodySchema,
  itemBodySchema,
  type LineBody,
  lineBodySchema,
  type ServiceBody,
} from './body.ts';
import type { Client } from './client.ts';
import { companiesByNumber, servicesBySku } from './create.ts';
import { type ContractState, companyOf, documentOf, itemOfService } from './map.ts';
import type { Reader } from './reader.ts';
import { nowOf, servicesOf } from './service-line.ts';
import { changesLeft } from './service-steps.ts';

interface Options {
  client: Client;
  reader: Reader;
  /** The contracts that an element may have made or changed; null for one that could not be read. */
  contractsOf(element: Element): (ContractState | null)[];
}

/**
 * What became of writes whose answer was lost; an answer each, in their order. A contract is found by
 * the mark in its number, a charge by its mark, a service by its mark and how far its units and price
 * came. Lines of one contract are one group: with one of them done, the others are unfinished.
 */
export async function recoverIntents({
  client,
  reader,
  intents,
}: Pick<Options, 'client' | 'reader'> & { intents: readonly Intent[] }): Promise<Recovered[]> {
  const elements = intents.map(({ element }) => element);
  const contractsOf = await contractsNow(reader, elements);
  const options = { client, reader, contractsOf };
  const parts: Part[] = [];
  for (const element of elements) parts.push(await partOfElement(options, element));
  return recoveredParts(intents, parts, (element) => answerFor(options, element));
}

/** Every contract that is asked about, in the same few queries. */
async function contractsNow(
  reader: Reader,
  elements: readonly Element[],
): Promise<Options['contractsOf']> {
  const marks = elements.flatMap(({ kind, marker }) =>
    kind === 'document-create' ? [marker] : [],
  );
  const marked = await reader.byMarks(marks);
  const idsOf = ({ documentId, marker }: Element): string[] =>
    documentId !== null
      ? [documentId]
      : marked.flatMap(({ id, contractNumber }) => (contractNumber?.includes(marker) ? [id] : []));
  const isContract = ({ kind }: Element) =>
    kind === 'document-create' || kind === 'document-change';
  const ids = elements.filter(isContract).flatMap(idsOf);
  const states = await reader.inFull(ids);
  return (element) => idsOf(element).map((id) => states.get(id) ?? null);
}

/** What an element made that is there in full. */
async function answerFor(
  { client, reader, contractsOf }: Options,
  element: Element,
): Promise<Recovered> {
  switch (element.kind) {
    case 'company-create': {
      const [company] = await companiesByNumber(client, element.marker);
      return company === undefined
        ? { status: 'absent' }
        : happened({ company: companyOf(company, await reader.currencies()) });
    }
    case 'item-create': {
      const [service] = await servicesBySku(client, storedBody(itemBodySchema, element).code);
      return service === undefined
        ? { status: 'absent' }
        : happened({ item: itemOfService(service) });
    }
    default: {
      const [state] = contractsOf(element);
      return state == null ? unclear(element) : happened({ document: documentOf(state) });
    }
  }
}

async function partOfElement({ client, contractsOf }: Options, element: Element): Promise<Part> {
  switch (element.kind) {
    case 'company-create':
      return (await companiesByNumber(client, element.marker)).length > 0 ? 'all' : 'none';
    case 'item-create':
      return (await servicesBySku(client, storedBody(itemBodySchema, element).code)).length > 0
        ? 'all'
        : 'none';
    case 'document-create':
      return partOfContract(contractsOf(element), storedBody(contractBodySchema, element).lines);
    case 'document-change': {
      const [state] = contractsOf(element);
      return state?.whole ? partOfBody(state, storedBody(lineBodySchema, element)) : 'elsewhere';
    }
    default:
      return 'elsewhere';
  }
}

function partOfContract(
  [state, other]: readonly (ContractState | null)[],
  lines: readonly LineBody[],
): Part {
  if (state === undefined) return 'none';
  if (other !== undefined || !state?.whole) return 'elsewhere';
  return lines.every((line) => partOfBody(state, line) === 'all') ? 'all' : 'some';
}

function partOfBody(state: ContractState, body: LineBody): Part {
  switch (body.kind) {
    case 'charge':
      return state.charges.some(({ internalPurchaseOrderNumber: mark }) => mark === body.marker)
        ? 'all'
        : 'none';
    case 'remove':
      return documentOf(state).lines.some(({ id }) => id === body.lineId) ? 'none' : 'all';
    case 'service':
      return partOfService(state, body);
    default:
      return body satisfies never;
  }
}

function partOfService(state: ContractState, body: ServiceBody): Part {
  const [service, other] = servicesOf(state, body);
  if (other !== undefined) return 'elsewhere';
  if (service === undefined) return body.lineId === null ? 'none' : 'elsewhere';
  const now = nowOf(state, service);
  const left = changesLeft(body, now);
  if (left === null) return 'elsewhere';
  if (left.length === 0) return 'all';
  const { before } = body;
  const isUntouched =
    before !== null &&
    compare(before.quantity, now.quantity) === 0 &&
    compare(before.unitPrice, now.unitPrice) === 0 &&
    left.length >= body.steps.length;
  return isUntouched && body.lineId !== null ? 'none' : 'some';
}
