import { compare } from '../../domain/decimal.ts';
import type { Document } from '../../domain/document.ts';
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
import { servicesOf } from './charge-line.ts';
import type { Client } from './client.ts';
import { companiesByNumber, servicesBySku } from './create.ts';
import { companyOf, itemOfService } from './map.ts';
import type { Reader } from './reader.ts';
import type { Currency } from './schema.ts';
import { changesLeft, readStanding } from './service-line.ts';

interface Options {
  client: Client;
  reader: Reader;
  intents: readonly Intent[];
}

/**
 * What became of writes whose answer was lost; an answer each, in their order. A contract is found by
 * the mark in its number, a charge by its mark, a service by its mark and how far its units and price
 * came. Lines of one contract are one group: with one of them done, the others are unfinished.
 */
export async function recoverIntents(options: Options): Promise<Recovered[]> {
  const { intents, reader } = options;
  const currencies = await reader.currencies();
  const parts: Part[] = [];
  for (const { element } of intents) parts.push(await partOfLine(options, element, currencies));
  return recoveredParts(intents, parts, (element) => answerFor(options, element, currencies));
}

/** What an element made that is there in full. */
async function answerFor(
  { client, reader }: Options,
  element: Element,
  currencies: readonly Currency[],
): Promise<Recovered> {
  switch (element.kind) {
    case 'company-create': {
      const [company] = await companiesByNumber(client, element.marker);
      return company === undefined
        ? { status: 'absent' }
        : happened({ company: companyOf(company, currencies) });
    }
    case 'item-create': {
      const [service] = await servicesBySku(client, storedBody(itemBodySchema, element).code);
      return service === undefined
        ? { status: 'absent' }
        : happened({ item: itemOfService(service) });
    }
    default: {
      const id = element.documentId ?? (await reader.byMark(element.marker))[0]?.id;
      const document = id === undefined ? undefined : (await reader.byId([id])).records[0];
      return document === undefined ? unclear(element) : happened({ document });
    }
  }
}

async function partOfLine(
  options: Options,
  element: Element,
  currencies: readonly Currency[],
): Promise<Part> {
  const { client, reader } = options;
  switch (element.kind) {
    case 'company-create':
      return (await companiesByNumber(client, element.marker)).length > 0 ? 'all' : 'none';
    case 'item-create':
      return (await servicesBySku(client, storedBody(itemBodySchema, element).code)).length > 0
        ? 'all'
        : 'none';
    case 'document-create': {
      const found = await reader.byMark(element.marker);
      const [contract, other] = found;
      if (other !== undefined) return 'elsewhere';
      if (contract === undefined) return 'none';
      const [document] = (await reader.byId([contract.id])).records;
      if (document === undefined) return 'elsewhere';
      const lines = storedBody(contractBodySchema, element).lines;
      for (const line of lines)
        if ((await partOfBody(options, document, line, currencies)) !== 'all') return 'some';
      return 'all';
    }
    case 'document-change': {
      const [document] = (await reader.byId([element.documentId ?? ''])).records;
      return document === undefined
        ? 'elsewhere'
        : partOfBody(options, document, storedBody(lineBodySchema, element), currencies);
    }
    default:
      return 'elsewhere';
  }
}

async function partOfBody(
  { client }: Options,
  document: Document,
  body: LineBody,
  currencies: readonly Currency[],
): Promise<Part> {
  switch (body.kind) {
    case 'charge':
      return document.lines.some(({ marker }) => marker === body.marker) ? 'all' : 'none';
    case 'remove':
      return document.lines.some(({ id }) => id === body.lineId) ? 'none' : 'all';
    case 'service':
      return partOfService(client, document, body, currencies);
    default:
      return body satisfies never;
  }
}

async function partOfService(
  client: Client,
  document: Document,
  body: ServiceBody,
  currencies: readonly Currency[],
): Promise<Part> {
  const currency = currencies.find(({ name }) => name === document.currency);
  const [service, other] = (await servicesOf(client, document.id, body)).records;
  if (other !== undefined || currency === undefined) return 'elsewhere';
  if (service === undefined) return body.lineId === null ? 'none' : 'elsewhere';
  const now = await readStanding(client, service, currency);
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
